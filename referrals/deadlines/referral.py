"""What must be done with a referral and its offers, by whom and by when. The year runs out by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bostad import dates
from bostad.casework.deadlines import Addressee, DeadlineKind, Planned
from referrals import applies
from referrals.deadlines.shared import managers_of, once, owner, working_days
from referrals.facts import ReferralFacts
from referrals.states import IN_FORCE, IN_WRITING, LeaseForm, OfferState, ReferralState
from referrals.valid_time import VALID_MONTHS

S = ReferralState


def _ff(facts: ReferralFacts) -> Addressee:
    """The property department: who handles the referral there, else its queue. The referring unit waits for it."""
    waits = None if facts.is_own else facts.unit_id
    return Addressee(facts.property_department_id, facts.property_unit_id, facts.officer_id, watcher_unit_id=waits)


def _approve(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.state == S.DRAFT and facts.opened_on:
        start = facts.version_begun_on or facts.opened_on
        yield from once(working_days(start, facts, "referrals.approve_days"), owner(facts))


def _sign(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.state == S.APPROVED and facts.approved_on:
        yield from once(working_days(facts.approved_on, facts, "referrals.sign_days"), managers_of(facts))


def _submit(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.state == S.SIGNED and facts.manager_signed_on:
        yield from once(dates.add_working_days(facts.manager_signed_on, 1), owner(facts))


def _register(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.state == S.SUBMITTED and facts.submitted_on:
        yield from once(working_days(facts.submitted_on, facts, "referrals.register_days"), _ff(facts))


def _complete(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.state == S.RETURNED and facts.completion_asked_on:
        yield from once(working_days(facts.completion_asked_on, facts, "referrals.complete_days"), owner(facts))


def _warnings(facts: ReferralFacts) -> Iterator[Planned]:
    """At nine and eleven months the department is asked: extend, update or let it run out. An answer meets both."""
    if _may_be_extended(facts):
        yield from _asked_about_the_end(facts)


def _last_warnings(facts: ReferralFacts) -> Iterator[Planned]:
    """The same where the guidelines allow no further extension: then a new application is what is left."""
    if not _may_be_extended(facts):
        yield from _asked_about_the_end(facts)


def _may_be_extended(facts: ReferralFacts) -> bool:
    return facts.extensions < facts.setting("referrals.max_extensions")


def _asked_about_the_end(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.is_own or facts.state not in IN_FORCE or facts.valid_from is None or facts.valid_to is None:
        return
    start = dates.add_months(facts.valid_to, -VALID_MONTHS)
    for months in facts.setting("referrals.warning_months"):
        day = dates.add_months(start, months)
        detail = f"Frågan vid {months} månader. Remissen gäller till och med {dates.day_with_year(facts.valid_to)}."
        occurrence = facts.extensions * 1000 + months
        answered = facts.let_run_out_on or (facts.approved_on if facts.is_being_written else None)
        yield Planned(day, day, owner(facts), occurrence=occurrence, met_on=answered, detail=detail)


def _decide_extension(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.state in IN_FORCE and facts.is_being_written and facts.approved_on:
        due = working_days(facts.approved_on, facts, "referrals.sign_days")
        yield from once(min(due, facts.valid_to or due), managers_of(facts))


def _expire(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.state == S.REGISTERED and facts.valid_to:
        yield from once(facts.valid_to + timedelta(days=1), owner(facts))


def _offer(facts: ReferralFacts) -> Iterator[Planned]:
    """Somebody looks at every referral again: at the latest after a month, and before the year is over."""
    if facts.state == S.REGISTERED and facts.waiting_since and facts.declined <= facts.overrides:
        yield from once(
            dates.add_months(facts.waiting_since, 1), _ff(facts), detail="Behovet avgör, det finns ingen kö."
        )


def _answer_offer(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.state == S.OFFERED and facts.offer_state == OfferState.OPEN and facts.answer_by:
        yield from once(facts.answer_by, owner(facts))


def _inform(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.state == S.OFFERED and facts.offer_state == OfferState.SUITABLE and facts.answered_on:
        due = working_days(facts.answered_on, facts, "referrals.book_days")
        yield from once(due, owner(facts), facts.client_informed_on)


def _client(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.state == S.OFFERED and facts.client_informed_on:
        after = facts.viewing_on or facts.client_informed_on
        yield from once(dates.add_working_days(after, 2), owner(facts))


def _after_no(facts: ReferralFacts) -> Iterator[Planned]:
    """A no leaves nobody waiting for nothing: another offer is allowed, the right ceases, or the person withdraws."""
    if facts.state == S.REGISTERED and facts.declined > facts.overrides and facts.declined_on:
        since = max(filter(None, (facts.declined_on, facts.registered_on)))  # of a replacement when it began
        yield from once(working_days(since, facts, "referrals.declined_days"), managers_of(facts))


def _lease(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.state == S.ACCEPTED and facts.client_answer_on:
        due = facts.signing_on or working_days(facts.client_answer_on, facts, "referrals.lease_days")
        owners = facts.lease_form == LeaseForm.GUARANTEE
        yield from once(due, _ff(facts), detail="Ägaren tecknar kontraktet." if owners else "FF skriver kontraktet.")


def _housing(facts: ReferralFacts) -> Iterator[Planned]:
    signed_on = facts.contract_signed_on or facts.owner_lease_on
    if facts.state == S.LEASE_SIGNED and signed_on and not facts.is_own:
        yield from once(working_days(signed_on, facts, "referrals.housing_days"), owner(facts))


def _close_own(facts: ReferralFacts) -> Iterator[Planned]:
    signed_on = facts.contract_signed_on or facts.owner_lease_on
    if facts.state == S.LEASE_SIGNED and signed_on and facts.is_own:
        yield from once(working_days(signed_on, facts, "referrals.housing_days"), owner(facts))


def _reassess(facts: ReferralFacts) -> Iterator[Planned]:
    """R-1-62: a year after moving in FF and the owner ask whether the guarantee can end."""
    if facts.guarantee_year_to and facts.state in (S.LEASE_SIGNED, S.HOUSED):
        yield from once(facts.guarantee_year_to + timedelta(days=1), _ff(facts), facts.guarantee_ended_on)


def _noted(facts: ReferralFacts) -> Iterator[Planned]:
    """R-1-37: FF is told at once, and somebody there says that it knows."""
    closed_on = facts.closed_on
    if closed_on and facts.state in (S.CEASED, S.WITHDRAWN) and _was_told(facts):
        yield from once(dates.add_working_days(closed_on, 1), _ff(facts), facts.end_noted_on)


def _was_told(facts: ReferralFacts) -> bool:
    return applies.ff_has_not_noted_the_end(replace(facts, end_noted_on=None))


def _receipt(facts: ReferralFacts) -> Iterator[Planned]:
    """A cessation is appealed from the day on which it was received: nobody forgets that day (R-1-37)."""
    if facts.state == S.CEASED and facts.cessation_decided_on:
        due = dates.add_working_days(facts.cessation_decided_on, 5)
        yield from once(due, owner(facts), facts.received_on)


def _appeal(facts: ReferralFacts) -> Iterator[Planned]:
    if facts.state == S.CEASED and facts.appealed_on:
        due = dates.add_working_days(facts.appealed_on, 5)
        yield from once(due, managers_of(facts), facts.appeal_settled_on)


def _permit(facts: ReferralFacts) -> Iterator[Planned]:
    """A temporary permit ends before the household is housed: FF asks how it goes on."""
    if facts.is_own and facts.permit_to and facts.state in (*IN_FORCE, *IN_WRITING):
        yield from once(dates.add_months(facts.permit_to, -2), owner(facts))


DEADLINES = (
    DeadlineKind(
        "referral_approve", "referral", "Gör klart remissen och få den godkänd", "R-1-30",
        "Den enskilde godkänner och undertecknar innehållet.", _approve, step="write",
    ),
    DeadlineKind(
        "referral_sign", "referral", "Granska och underteckna remissen", "R-1-31",
        "Den enskilde har godkänt remissen.", _sign, step="sign", escalate_after=2,
    ),
    DeadlineKind(
        "referral_submit", "referral", "Skicka remissen till FF", "R-1-31",
        "Remissen är undertecknad av båda.", _submit, step="submit",
    ),
    DeadlineKind(
        "referral_register", "referral", "Registrera remissen", "R-1-33",
        "En remiss har kommit in.", _register, step="register",
    ),
    DeadlineKind(
        "referral_complete", "referral", "Komplettera remissen", "R-1-33",
        "FF saknar uppgifter.", _complete, step="write",
    ),
    DeadlineKind(
        "referral_warning", "referral", "Ta ställning till förlängning", "R-1-34",
        "Förläng, uppdatera eller låt remissen löpa ut.", _warnings, step="begin_extension",
    ),
    DeadlineKind(
        "referral_last_warning", "referral", "Ta ställning: remissen kan inte förlängas igen", "R-1-35",
        "Förlängningarna är slut. Planera för en ny ansökan, eller låt remissen löpa ut.", _last_warnings,
        step="let_run_out",
    ),
    DeadlineKind(
        "referral_extend", "referral", "Besluta om förlängning", "R-1-35",
        "Den genomgångna remissen är godkänd av den enskilde.", _decide_extension, step="extend", escalate_after=0,
    ),
    DeadlineKind(
        "referral_expire", "referral", "Remissen slutar gälla", "R-1-34",
        "Giltighetstiden är slut.", _expire, step="expire", acts=True,
    ),
    DeadlineKind(
        "referral_offer", "referral", "Sök bostad åt hushållet", "R-1-48",
        "Remissen är registrerad och väntar på en bostad som passar.", _offer, step="make_offer",
    ),
    DeadlineKind(
        "offer_answer", "referral", "Ta ställning till den erbjudna bostaden", "R-1-48",
        "Ta ställning till om bostaden passar.", _answer_offer, step="find_suitable", escalate_after=1,
    ),
    DeadlineKind(
        "offer_inform", "referral", "Informera den enskilde och boka visning", "R-1-49",
        "Bostaden passar.", _inform, step="inform_client", escalate_after=2,
    ),
    DeadlineKind(
        "offer_client", "referral", "Registrera den enskildes svar", "R-1-49",
        "Bostaden hålls tills svaret är registrerat.", _client, step="accept", escalate_after=3,
    ),
    DeadlineKind(
        "offer_declined", "referral", "Ta ställning efter ett nej", "R-1-29",
        "Ett boende har erbjudits. Ett nytt kräver beslut.", _after_no, step="allow_another_offer",
    ),
    DeadlineKind(
        "referral_lease", "referral", "Se till att kontraktet tecknas", "R-1-51",
        "Den enskilde har tackat ja.", _lease,
    ),
    DeadlineKind(
        "referral_housing", "referral", "Besluta om boende", "R-1-52",
        "Kontraktet är tecknat.", _housing, step="decide_housing", escalate_after=3,
    ),
    DeadlineKind(
        "referral_close_own", "referral", "Avsluta, hushållet har flyttat in", "R-1-23",
        "Kontraktet är tecknat, och FF:s egna hushåll får inget beslut av en annan förvaltning.", _close_own,
        step="close_own",
    ),
    DeadlineKind(
        "guarantee_reassess", "referral", "Ompröva hyresgarantin", "R-1-62",
        "Ett år har gått sedan inflyttningen.", _reassess, step="end_guarantee",
    ),
    DeadlineKind(
        "referral_noted", "referral", "Ta del av att remissen har upphört", "R-1-37",
        "Hushållet ska inte längre erbjudas någon bostad.", _noted, step="note_end", escalate_after=3,
    ),
    DeadlineKind(
        "referral_receipt", "referral", "Registrera när upphörandet togs emot", "R-1-37",
        "Överklagandetiden räknas från mottagandet.", _receipt, step="record_receipt",
    ),
    DeadlineKind(
        "referral_appeal", "referral", "Lämna överklagandet vidare eller avvisa det", "R-1-37",
        "Ett överklagande lämnas skyndsamt till förvaltningsrätten.", _appeal, step="settle_appeal", escalate_after=0,
    ),
    DeadlineKind(
        "referral_permit", "referral", "Uppehållstillståndet går ut", "R-1-85",
        "Ta reda på om tillståndet förlängs.", _permit, step="renew_permit",
    ),
)  # fmt: skip
