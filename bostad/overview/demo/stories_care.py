"""The care homes: 25 contracts of VOF, each told from its first day to where it stands today."""

from datetime import timedelta

from bostad import dates
from bostad.casework.models import ConsentPartner, ContactChannel, ContactOutcome, JournalKind
from bostad.overview.demo.tenancy import MIKAEL, Representative, care, month_end
from bostad.overview.demo.town import Story, Town
from bostad.people.models import Authority
from contracts.services import ending, issuing, ordering
from contracts.states import EndReason, NoticeBy

SARA, MARIE, HASSAN, EVA = "sara.wikander", "marie.lindgren", "hassan.aziz", "eva.sandell"
BJORKEN, EKEN = "Rönngården, avdelning Björken, lgh {}", "Rönngården, avdelning Eken, lgh {}"
GLANTAN, STIGEN = "Tallbacken, avdelning Gläntan, lgh {}", "Tallbacken, avdelning Stigen, lgh {}"
SOLGLANTAN = "Solgläntan, lgh {}"


def _for(name: str, authority: Authority, reference: str, town: Town, *, years: int = 2, street: str = "Lindgatan 8"):
    return Representative(
        name=name,
        authority=authority,
        reference=reference,
        from_on=dates.add_months(town.today, -12 * years) if years else town.now,
        street=street,
        postal_code="59098",
        city="Ekstad",
        phone="0999-71 20 10",
    )


# --- before the contract is issued --------------------------------------------------------------------------------


def astrid(t: Town) -> Story:
    """Moves in today, and nobody has ordered the contract yet."""
    it = care(t, "Astrid Löfgren", EKEN.format(22), t.today)
    yield t.ago(6)
    it.register()


def gosta_and_margit(t: Town) -> Story:
    """A couple. The order has waited for three working days: it is to be issued today."""
    ordered_on = t.before(t.today, 3)
    it = care(t, "Gösta Hallberg och Margit Hallberg", SOLGLANTAN.format(2), t.today + timedelta(days=9),
              category="couple")  # fmt: skip
    yield from it.ordered(ordered_on)
    yield t.after(ordered_on, 1)
    it.hand_over()


def kerstin(t: Town) -> Story:
    """Late at Debiteringen, and the name is spelled in another way than the register's."""
    ordered_on = t.before(t.today, 8)
    it = care(t, "Kerstin Palmgren", GLANTAN.format(2), t.today + timedelta(days=4), typed="Kerstin Palmgren-Ek")
    yield from it.ordered(ordered_on)
    yield t.after(ordered_on, 2)
    it.note("Namnet i beställningen stämmer inte med folkbokföringen. Marie Lindgren på Tallbacken kontrollerar.")


def rune(t: Town) -> Story:
    """Ordered today."""
    it = care(t, "Rune Sjögren", STIGEN.format(8), t.today + timedelta(days=12), category="none")
    yield t.ago(1)
    it.register()
    yield t.today
    it.order("Dottern är med vid inflyttningen och kan underteckna samma dag.")


def ulla_britt(t: Town) -> Story:
    """Back at Solgläntan for completion, which is late."""
    ordered_on = t.before(t.today, 10)
    it = care(t, "Ulla-Britt Norén", SOLGLANTAN.format(6), t.today + timedelta(days=6))
    yield from it.ordered(ordered_on)
    yield t.after(ordered_on, 2)
    it.hand_over()
    missing = "Ulla-Britt Norén har en god man enligt biståndsbeslutet. Registrera gode mannen, med registerutdrag."
    ordering.return_for_completion(it.pk, missing=missing, **it.by(it.office))


def tage(t: Town) -> Story:
    """Called off: he died before he moved in."""
    it = care(t, "Tage Blom", GLANTAN.format(3), t.ago(33))
    yield from it.posted(t.ago(48))
    yield t.ago(41)
    it.note("Marie Lindgren ringer: Tage Blom har avlidit på sjukhuset.", kind=JournalKind.CALL)
    ordering.call_off(it.pk, "cancel", reason="Hyresgästen avled före inflyttningen.", **it.by(it.office))


# --- on the way ---------------------------------------------------------------------------------------------------


def folke(t: Town) -> Story:
    """Issued today: the papers are being made."""
    it = care(t, "Folke Wiberg", GLANTAN.format(4), t.today + timedelta(days=10))
    yield from it.issued(t.today)


def gunvor(t: Town) -> Story:
    """Printed and signed for the municipality; to be posted today."""
    it = care(t, "Gunvor Isaksson", BJORKEN.format(13), t.today + timedelta(days=7), category="bpsd")
    yield from it.issued(t.before(t.today, 2))
    yield t.before(t.today, 1)
    it.print_out()
    it.sign()


def nils_erik(t: Town) -> Story:
    """Tallbacken has never said whether the originals came."""
    it = care(t, "Nils-Erik Bodin", GLANTAN.format(5), t.ago(5))
    yield from it.posted(t.ago(12))
    yield t.ago(2)
    it.try_contact("Marie Lindgren, Tallbacken", ContactOutcome.MESSAGE_LEFT, "Bad henne leta i posthyllan.")


def maj_lis(t: Town) -> Story:
    """Rönngården confirms today that both originals have come."""
    posted_on = t.today - timedelta(days=7)
    it = care(t, "Maj-Lis Östlund", BJORKEN.format(12), t.today + timedelta(days=3))
    yield from it.posted(posted_on if dates.is_working_day(posted_on) else t.ago(7))


def harald(t: Town) -> Story:
    """The mock-up's own: both originals are with Rönngården, the signatures and the return are late."""
    representative = _for(
        "Birgitta Nyberg", Authority.FUTURE_POWER, "Framtidsfullmakt, ikraftträdandet prövat av tingsrätten", t
    )
    it = care(t, "Harald Nyberg", BJORKEN.format(14), t.ago(15), category="bpsd", representative=representative)
    posted_on = t.ago(24)
    yield from it.posted(posted_on)
    it.consent(ConsentPartner.RELATIVE, "Birgitta Nyberg", "kontraktet, hyran och flytten")
    yield t.ago(20)
    it.arrive()
    yield t.ago(13)
    it.try_contact("Sara Wikander, Rönngården", ContactOutcome.REACHED, "Dottern är bortrest till på måndag.")
    yield t.ago(9)
    it.try_contact("Birgitta Nyberg, dotter", ContactOutcome.NOT_REACHED)
    it.note("Bilagan om BPSD saknar underskrift. Dottern vill läsa den i lugn och ro först.")
    yield max(t.ago(2), it.first_day_late("return"))
    it.remind()
    yield t.ago(1)
    it.note("Sara Wikander lovar att bladen kommer i veckan.", kind=JournalKind.CALL)


def elsa_maria(t: Town) -> Story:
    """Solgläntan has the originals; the signatures are late, the return is due in some days."""
    it = care(t, "Elsa-Maria Kvist", SOLGLANTAN.format(7), t.ago(8))
    yield from it.posted(t.ago(17))
    yield t.ago(13)
    it.arrive()


def rut(t: Town) -> Story:
    """A sheet was lost in the post: both originals were replaced, and the new ones posted."""
    representative = _for("Håkan Engström", Authority.POWER_OF_ATTORNEY, "Fullmakt den 3 maj", t, years=1)
    it = care(t, "Rut Engström", GLANTAN.format(6), t.ago(20), representative=representative)
    yield from it.posted(t.ago(30))
    yield t.ago(16)
    it.note("Tallbacken hittar bara hyresgästens original. Kuvertet var uppsprättat.", kind=JournalKind.CALL)
    yield t.ago(15)
    issuing.replace_sheets(it.pk, reason="Kommunens original kom bort i posten.", **it.by(it.office))
    yield t.ago(14)
    it.print_out()
    it.sign()
    it.post()
    yield t.ago(9)
    it.arrive()


def inga_lill(t: Town) -> Story:
    """The municipality's original is nearly a month late; Tallbacken has been reminded twice."""
    it = care(t, "Inga-Lill Sandberg", STIGEN.format(9), t.ago(38), category="bpsd")
    yield from it.posted(t.ago(46))
    yield t.ago(40)
    it.arrive()
    yield t.ago(37)
    it.tenants_sign()
    it.hand_over_original()
    yield max(t.ago(17), it.first_day_late("return"))
    it.remind()
    yield t.ago(8)
    it.print_out()
    yield t.ago(1)
    it.remind()
    it.try_contact("Marie Lindgren, Tallbacken", ContactOutcome.REACHED, "Originalet ligger i hennes pärm. Postar det.")


def borje(t: Town) -> Story:
    """Signed; the municipality's original is in the post."""
    it = care(t, "Börje Hellman", BJORKEN.format(11), t.ago(6))
    yield from it.signed(t.ago(4))
    yield t.ago(1)
    it.send_back()


def dagny(t: Town) -> Story:
    """Signed, but nobody has said that the tenant got her own original."""
    it = care(t, "Dagny Strömbäck", STIGEN.format(7), t.ago(18))
    yield from it.posted(t.ago(26))
    yield t.ago(21)
    it.arrive()
    yield t.ago(18)
    it.tenants_sign()
    yield t.ago(12)
    it.send_back()
    yield t.ago(9)
    it.file()


# --- in force -----------------------------------------------------------------------------------------------------


def eskil(t: Town) -> Story:
    it = care(t, "Eskil Rydberg", GLANTAN.format(1), t.ago(205))
    yield from it.in_force(t.ago(200))


def ingvar_and_solveig(t: Town) -> Story:
    """A couple in one of Solgläntan's flats."""
    it = care(t, "Ingvar Tilly och Solveig Tilly", SOLGLANTAN.format(1), t.ago(330), category="couple", office=MIKAEL)
    yield from it.in_force(t.ago(320))


def lennart(t: Town) -> Story:
    """Young dementia. His förvaltare signs."""
    representative = _for(
        "Maria Kron, förvaltare", Authority.ADMINISTRATOR, "Ekstads tingsrätt Ä 412", t, years=3, street="Hamngatan 30"
    )
    it = care(t, "Lennart Åhs", EKEN.format(21), t.ago(430), category="young_dementia", representative=representative)
    yield from it.in_force(t.ago(425))
    yield t.ago(60)
    it.note("Årlig genomgång av företrädarens behörighet: förvaltarskapet består.")


# --- leaving ------------------------------------------------------------------------------------------------------


def vera(t: Town) -> Story:
    """Will move to a nursing home in another municipality; her grant goes on there."""
    representative = _for("Lars Dufva, god man", Authority.TRUSTEE, "Registerutdrag från överförmyndaren", t)
    it = care(t, "Vera Dufva", SOLGLANTAN.format(3), t.ago(500), representative=representative, office=MIKAEL)
    yield from it.in_force(t.ago(490))
    yield t.ago(20)
    it.give_notice(
        by=HASSAN, reason=EndReason.MOVED_TO_OTHER_CARE, planned=t.today + timedelta(days=14),
        agreed=month_end(t.today + timedelta(days=14)),
    )  # fmt: skip
    yield t.ago(12)
    it.end_grant(continues=True)


def bertil(t: Town) -> Story:
    """Died two weeks ago. The estate has given notice and is to have emptied the flat by today."""
    it = care(t, "Bertil Kjellin", BJORKEN.format(15), t.ago(610), category="bpsd")
    yield from it.in_force(t.ago(600))
    yield t.ago(14)
    it.note("Sara Wikander meddelar att Bertil Kjellin avled i går kväll.")
    yield t.ago(10)
    it.give_notice(
        by=SARA, reason=EndReason.DIED, notice_by=NoticeBy.ESTATE, died_on=t.today - timedelta(days=15),
        planned=t.today,
        estate=_for("Annelie Kjellin", Authority.ESTATE, "Bouppteckning pågår, dödsfallsintyg", t, years=0),
    )  # fmt: skip
    yield t.ago(3)
    it.end_grant()


def sven(t: Town) -> Story:
    """Moved out; his original with the agreement has not come back."""
    it = care(t, "Sven Ahlgren", EKEN.format(23), t.ago(395))
    yield from it.in_force(t.ago(390))
    yield t.ago(60)
    it.give_notice(by=SARA, reason=EndReason.MOVED_TO_OTHER_CARE, planned=t.ago(26), agreed=month_end(t.ago(26)))
    yield t.ago(26)
    it.agree()
    it.leave(closing=t.ago(25), reason=EndReason.MOVED_TO_OTHER_CARE)
    yield t.ago(24)
    it.bill(t.ago(25))
    it.end_grant(continues=True)
    yield max(t.ago(9), it.first_day_late("tenants_original"))
    it.remind()


def signe(t: Town) -> Story:
    """Moved out three working days ago: billing is to be told today."""
    it = care(t, "Signe Markström", SOLGLANTAN.format(4), t.ago(280))
    yield from it.in_force(t.ago(270))
    yield t.ago(75)
    it.give_notice(by=HASSAN, reason=EndReason.MOVED_TO_OWN_HOME, planned=t.before(t.today, 3))
    yield t.before(t.today, 4)
    it.agree()
    yield t.before(t.today, 3)
    it.leave(closing=month_end(t.today), reason=EndReason.MOVED_TO_OWN_HOME)
    yield t.before(t.today, 1)
    it.send_back_tenants()


def karl_gustav(t: Town) -> Story:
    """Died in the autumn; everything is done."""
    it = care(t, "Karl-Gustav Ros", BJORKEN.format(16), t.ago(700), category="bpsd", office=MIKAEL)
    yield from it.in_force(t.ago(690))
    yield t.ago(92)
    it.give_notice(
        by=SARA, reason=EndReason.DIED, notice_by=NoticeBy.ESTATE, died_on=t.today - timedelta(days=97),
        planned=t.ago(70), estate=_for("Stig Ros", Authority.ESTATE, "Registrerad bouppteckning", t, years=0),
    )  # fmt: skip
    yield t.ago(70)
    it.agree()
    it.leave(closing=dates.notice_period_end(t.ago(92), 1), reason=EndReason.DIED)
    yield t.ago(69)
    it.send_back_tenants()
    it.end_grant()
    yield t.ago(66)
    it.file_tenants()
    it.bill(dates.notice_period_end(t.ago(92), 1))
    yield t.ago(20)
    it.close()


def ebba(t: Town) -> Story:
    """Nobody could sign the agreement; the manager decided to go on without it, to the end of the notice time."""
    it = care(t, "Ebba Lindh", STIGEN.format(10), t.ago(560))
    yield from it.in_force(t.ago(550))
    yield t.ago(230)
    last_day = dates.notice_period_end(it.now, 3)
    it.give_notice(by=MARIE, reason=EndReason.MOVED_TO_OTHER_CARE, planned=t.ago(200))
    yield t.ago(201)
    it.try_contact(
        "Ebba Lindhs god man", ContactOutcome.NOT_REACHED, "Uppdraget har upphört.", channel=ContactChannel.LETTER
    )
    reason = "Hyresgästen kan inte underteckna, gode mannen har avsagt sig uppdraget och ingen ny är förordnad."
    ending.record_obstacle(it.pk, reason=reason, **it.by(EVA))
    yield t.ago(200)
    it.leave(closing=last_day, reason=EndReason.MOVED_TO_OTHER_CARE)
    it.end_grant(continues=True)
    yield t.ago(197)
    it.bill(last_day)
    yield t.ago(60)
    it.close()


STORIES = (
    astrid, gosta_and_margit, kerstin, rune, ulla_britt, tage, folke, gunvor, nils_erik, maj_lis, harald, elsa_maria,
    rut, inga_lill, borje, dagny, eskil, ingvar_and_solveig, lennart, vera, bertil, sven, signe, karl_gustav, ebba,
)  # fmt: skip
