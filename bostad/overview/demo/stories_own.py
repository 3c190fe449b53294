"""What the municipality lets by itself: eight contracts of FF, and seven of SOF."""

from datetime import timedelta

from bostad import dates
from bostad.casework.models import ConsentPartner, ContactChannel, ContactOutcome, JournalKind
from bostad.overview.demo.tenancy import CAMILLA, NADJA, PETER, municipal, supported
from bostad.overview.demo.town import Story, Town
from contracts.models import AbandonedDecision
from contracts.services import ending
from contracts.states import EndReason, HousingForm, NoticeBy

KENT, MARGARETA = "kent.lofgren", "margareta.hellstrom"
VISIT, MEETING = JournalKind.VISIT, JournalKind.MEETING

# --- FF: kommunala kontrakt ---------------------------------------------------------------------------------------


def amira(t: Town) -> Story:
    """In five days she has lived there for 23 months: soon she has security of tenure."""
    move_in = dates.add_months(t.today + timedelta(days=5), -23)
    it = municipal(t, "Amira Haddad", "FF-S02", move_in, "Remiss från arbetsmarknadsförvaltningen, beslut AMN 2024-311")
    yield from it.in_force(t.before(move_in, 4))
    yield dates.next_working_day(dates.add_months(move_in, 6))
    it.note("Kvartalsuppföljning i hemmet. Hyran betald i tid, barnen trivs i skolan.", kind=VISIT)
    yield t.ago(40)
    it.note(
        "Besittningsskyddet: enheten tar ställning till om kontraktet ska övergå till förstahand hos Lindens.",
        by=MARGARETA, kind=MEETING,
    )  # fmt: skip


def tomas(t: Town) -> Story:
    """One year, which ends in three months: it must be terminated or runs on."""
    term_to = t.today + timedelta(days=96)
    move_in = dates.add_months(term_to, -12) + timedelta(days=1)
    it = municipal(t, "Tomas Bergqvist", "FF-N01", move_in, "FF:s egen målgrupp, evakuering", term_to=term_to)
    yield from it.in_force(t.before(move_in, 3))


def leif(t: Town) -> Story:
    """His year ran out yesterday without notice: from today the lease runs until further notice."""
    term_to = t.today - timedelta(days=1)
    move_in = dates.add_months(term_to, -12) + timedelta(days=1)
    it = municipal(t, "Leif Karlsson", "FF-H01", move_in, "Remiss från socialförvaltningen", term_to=term_to)
    yield from it.in_force(t.before(move_in, 3))
    yield t.ago(25)
    it.try_contact(
        "Leif Karlsson", ContactOutcome.REACHED, "Vill bo kvar. Hyran är betald.", channel=ContactChannel.VISIT
    )


def sofia(t: Town) -> Story:
    """Protected identity: only those who are named open the case."""
    it = municipal(t, "Sofia Ek", "FF-E03", t.ago(9), "Remiss från socialförvaltningen, skyddat boende")
    yield from it.ordered(t.ago(19))
    yield t.ago(17)
    it.hand_over("Nadja Persson är den enda handläggaren i ärendet")
    yield t.ago(13)
    it.issue()
    yield t.ago(11)
    it.print_out()
    it.sign()
    it.tenants_sign()
    it.hand_over_original()
    it.note("Allt sägs muntligt. Ingen post till lägenheten, inga uppgifter till styrelsen i föreningen.")


def johanna(t: Town) -> Story:
    """Comes to the desk today to sign. The owner has not been told."""
    it = municipal(
        t, "Johanna Lund", "FF-S01", t.today + timedelta(days=4), "Remiss från arbetsmarknadsförvaltningen",
        contract_on=t.today, owner_is_told=False,
    )  # fmt: skip
    yield from it.issued(t.before(t.today, 2))
    yield t.before(t.today, 1)
    it.print_out()
    it.sign()
    it.try_contact("Johanna Lund", ContactOutcome.REACHED, "Kommer till Hamngatan idag kl. 13.30 med legitimation.")


def anders(t: Town) -> Story:
    """The municipality has given notice; the notice time runs."""
    it = municipal(t, "Anders Vikström", "FF-K01", t.ago(820), "Remiss från socialförvaltningen")
    yield from it.in_force(t.ago(815))
    for days, text in (
        (140, "Grannar har klagat på hög musik nattetid. Samtal med Anders Vikström på trapphuset."),
        (110, "Skriftlig tillsägelse om störningar överlämnad. Socialnämnden underrättad."),
        (80, "Ny störning natten till söndag, rapport från störningsjouren."),
    ):
        yield t.ago(days)
        it.note(text, kind=VISIT)
    yield t.ago(50)
    grounds = (
        "Upprepade störningar i boendet trots tillsägelse. Socialnämnden är underrättad. Hyresgästen har inte ändrat "
        "sitt beteende efter tillsägelsen."
    )
    it.give_notice(
        by=NADJA, reason=EndReason.BREACH, notice_by=NoticeBy.MUNICIPALITY, grounds=grounds,
        planned=dates.notice_period_end(t.ago(50), 3),
    )  # fmt: skip
    yield t.ago(46)
    it.print_out()


def mikael(t: Town) -> Story:
    """Moved to a home of his own and left things behind; they were kept, then disposed of, and all is closed."""
    it = municipal(t, "Mikael Strand", "FF-B01", t.ago(640), "Remiss från arbetsmarknadsförvaltningen")
    yield from it.in_force(t.ago(635))
    yield t.ago(290)
    last_day = dates.notice_period_end(t.ago(290), 3)
    it.give_notice(by=NADJA, reason=EndReason.MOVED_TO_OWN_HOME, planned=last_day)
    yield dates.next_working_day(last_day)
    it.agree()
    it.leave(closing=it.now, reason=EndReason.MOVED_TO_OWN_HOME, left_property=True)
    it.file_tenants()
    found_on = it.now
    yield t.after(found_on, 2)
    it.bill(found_on)
    left = ending.PropertyInput(
        found_on=found_on, inventory="En soffa, en byrå utan lådor, två kartonger böcker, cykel utan framhjul",
        has_value=False, stored_at="FF:s förråd, Hamngatan 2, plats 7", keep_until=dates.add_months(found_on, 3),
        notified_on=found_on,
    )  # fmt: skip
    ending.record_property(it.pk, left, **it.by(NADJA))
    yield dates.next_working_day(dates.add_months(found_on, 3) + timedelta(days=1))
    ending.decide_property(it.pk, decision=AbandonedDecision.DISPOSED, notified_on=None, **it.by(NADJA))
    it.close()


def rahimi(t: Town) -> Story:
    """A house rented as a block: security from the first day, which both spouses have waived with approval."""
    it = municipal(t, "Zahra Rahimi och Reza Rahimi", "FF-B02", t.ago(240), "Remiss från arbetsmarknadsförvaltningen")
    yield from it.issued(t.ago(255))
    waiver = ending.WaiverInput(
        signed_on=t.ago(270), spouse_accepts=True, tribunal_number=f"{it.now.year}-004711", approved_on=t.ago(257),
        valid_to=dates.add_months(it.now, 48),
    )  # fmt: skip
    ending.record_waiver(it.pk, waiver, **it.by(NADJA))
    yield t.ago(252)
    it.print_out()
    it.sign()
    it.tenants_sign()
    it.hand_over_original()
    yield t.ago(251)
    it.file()
    it.consent(
        ConsentPartner.LANDLORD, "AB Ekstadshem", "skötsel av lägenheten och bokning av tvättstuga", written=False
    )


# --- SOF: försöks-, tränings- och jourlägenheter ------------------------------------------------------------------


def rebecka(t: Town) -> Story:
    it = supported(t, "Rebecka Holm", "SOF-F01", HousingForm.TRIAL, t.ago(300))
    yield from it.in_force(t.ago(303))
    it.consent(ConsentPartner.LANDLORD, "AB Ekstadshem", "hyresbetalning och möjlighet att ta över kontraktet")
    for days, text in (
        (270, "Hembesök. Plan för boendet genomgången, hyran sätts på autogiro."),
        (180, "Hembesök. Dottern på umgänge varannan helg, har fått stöd av Barn och familj."),
        (90, "Hembesök. Sex månaders betald hyra. Övertagande diskuteras med Ekstadshem till våren."),
    ):
        yield t.ago(days)
        it.note(text, by="yasmin.karimi", kind=VISIT)


def samir(t: Town) -> Story:
    """The aimed end: he has taken the first-hand lease over."""
    it = supported(t, "Samir Nassar", "SOF-F02", HousingForm.TRIAL, t.ago(560))
    yield from it.in_force(t.ago(563))
    yield t.ago(35)
    it.note("Möte med Ekstadshem: inga skulder, inga störningar. De godkänner övertagandet.", kind=MEETING)
    yield t.ago(22)
    it.end_grant()
    yield t.ago(20)
    ending.take_over(it.pk, takeover_on=t.ago(20), special_reasons="", owner_consents=True, **it.by(CAMILLA))
    it.bill(t.ago(20))
    it.close()


def per_olof(t: Town) -> Story:
    """Left without a word; his things are in store until somebody may decide on them."""
    it = supported(t, "Per-Olof Dahl", "SOF-T01", HousingForm.TRAINING, t.ago(410))
    yield from it.in_force(t.ago(413))
    yield t.ago(62)
    it.try_contact("Per-Olof Dahl", ContactOutcome.NO_SHOW, "Kom inte till mötet.", channel=ContactChannel.MEETING)
    yield t.ago(55)
    it.give_notice(by=CAMILLA, reason=EndReason.OTHER, planned=t.ago(30))
    yield t.ago(31)
    it.agree()
    yield t.ago(30)
    it.leave(closing=t.ago(29), reason=EndReason.OTHER, left_property=True)
    it.file_tenants()
    yield t.ago(28)
    left = ending.PropertyInput(
        found_on=t.ago(30), inventory="Säng, tv, fotoalbum, vinterkläder, verktygslåda", has_value=True,
        stored_at="Magasinet, bur 12", keep_until=dates.add_months(t.ago(30), 4), notified_on=t.ago(28),
    )  # fmt: skip
    ending.record_property(it.pk, left, **it.by(CAMILLA))
    yield t.ago(26)
    it.bill(t.ago(29))
    it.try_contact("Per-Olof Dahl", ContactOutcome.NOT_REACHED, "Numret är avstängt.")


def ingrid(t: Town) -> Story:
    """The grant has ended by its own decision, the tenancy has not (R-4-20)."""
    it = supported(t, "Ingrid Sjöström", "SOF-T02", HousingForm.TRAINING, t.ago(350), coordinator=PETER)
    yield from it.in_force(t.ago(353))
    yield t.ago(15)
    it.end_grant()
    it.note("Biståndet upphör. Hyresavtalet gäller: uppsägning övervägs, eller kommunalt kontrakt.", by=KENT)


def fatima(t: Town) -> Story:
    """Three months in a jourlägenhet, which ended five days ago; the family still lives there."""
    term_to = t.today - timedelta(days=5)
    move_in = dates.add_months(term_to, -3) + timedelta(days=1)
    it = supported(t, "Fatima Warsame", "SOF-J01", HousingForm.EMERGENCY, move_in, coordinator=PETER, term_to=term_to)
    yield from it.in_force(t.before(move_in, 1))
    yield t.ago(30)
    it.note("Ali Hosseini följer barnen. Remiss om kommunalt kontrakt skrivs.", kind=MEETING)
    yield t.ago(3)
    it.try_contact("Fatima Warsame", ContactOutcome.REACHED, "Har inget att flytta till.", channel=ContactChannel.VISIT)


def yusuf(t: Town) -> Story:
    """Needs a roof this week; ordered today."""
    it = supported(t, "Yusuf Abdi", "SOF-J02", HousingForm.EMERGENCY, t.today + timedelta(days=2))
    yield from it.ordered(t.today)


def maria(t: Town) -> Story:
    """Gave notice and changed her mind; the manager and she agreed that the lease goes on."""
    it = supported(t, "Maria Öberg", "SOF-F04", HousingForm.TRIAL, t.ago(230), coordinator=PETER)
    yield from it.in_force(t.ago(233))
    yield t.ago(44)
    it.give_notice(by=PETER, reason=EndReason.MOVED_TO_OWN_HOME, planned=dates.notice_period_end(t.ago(44), 3))
    yield t.ago(33)
    reason = "Lägenheten hos den andra värden blev inte av. Båda vill fortsätta."
    ending.withdraw_notice(it.pk, reason=reason, **it.by(KENT))


STORIES = (
    amira, tomas, leif, sofia, johanna, anders, mikael, rahimi,
    rebecka, samir, per_olof, ingrid, fatima, yusuf, maria,
)  # fmt: skip
