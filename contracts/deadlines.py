"""What must be done with a contract, by whom and by when. Each is met by a fact; the sweep acts on one of them."""

from collections.abc import Iterator
from datetime import date, timedelta

from bostad import dates
from bostad.casework.deadlines import Addressee, DeadlineKind, Planned
from contracts.facts import ContractFacts
from contracts.rules import tenure
from contracts.states import IN_FORCE, ON_PAPER, ContractState, NoticeBy

S = ContractState


def _office(facts: ContractFacts) -> Addressee:
    return Addressee(facts.department_id, facts.unit_id, facts.assignee_id)


def _provider(facts: ContractFacts) -> Addressee:
    """The provider's staff; the office that waits for them sees it under ”Väntar på andra”. Own lets have no provider."""
    if facts.provider_id is None:
        return _office(facts)
    return Addressee(facts.provider_id, watcher_unit_id=facts.unit_id)


def _working_days_after(start: date, facts: ContractFacts, key: str) -> date:
    return dates.add_working_days(start, facts.setting(key))


def _days_after(start: date, facts: ContractFacts, key: str) -> date:
    return dates.next_working_day(start + timedelta(days=facts.setting(key)))


def _once(planned_on: date, to: Addressee, met_on: date | None = None, detail: str = "") -> Iterator[Planned]:
    yield Planned(planned_on, planned_on, to, met_on=met_on, detail=detail)


def _order(facts: ContractFacts) -> Iterator[Planned]:
    if facts.state == S.REGISTERED and facts.move_in_on:
        yield from _once(facts.move_in_on, _provider(facts))


def _issue(facts: ContractFacts) -> Iterator[Planned]:
    if facts.ordered_on and facts.state in (S.ORDERED, *ON_PAPER):
        due = _working_days_after(facts.ordered_on, facts, "contracts.issue_days")
        yield from _once(due, _office(facts), facts.issued_on)


def _complete(facts: ContractFacts) -> Iterator[Planned]:
    if facts.state == S.RETURNED and facts.asked_for_completion_on:
        due = _working_days_after(facts.asked_for_completion_on, facts, "contracts.complete_days")
        yield from _once(due, _provider(facts))


def _dispatch(facts: ContractFacts) -> Iterator[Planned]:
    """From the day on which the sheets were made: those that replace others are posted anew."""
    if facts.sheets_made_on and facts.provider_id and facts.state in ON_PAPER:
        due = _working_days_after(facts.sheets_made_on, facts, "contracts.post_days")
        yield from _once(due, _office(facts), facts.dispatched_on)


def _sign_at_desk(facts: ContractFacts) -> Iterator[Planned]:
    if facts.sheets_made_on and not facts.provider_id and facts.state in ON_PAPER:
        due = max(facts.contract_on, facts.sheets_made_on)
        yield from _once(due, _office(facts), facts.tenant_signed_on)


def _receipt(facts: ContractFacts) -> Iterator[Planned]:
    if facts.dispatched_on and facts.state in ON_PAPER[1:]:
        due = _days_after(facts.dispatched_on, facts, "contracts.receipt_days")
        met = facts.received_by_provider_on or facts.tenant_signed_on
        yield from _once(due, _provider(facts), met)


def _signatures(facts: ContractFacts) -> Iterator[Planned]:
    if facts.dispatched_on and facts.state in ON_PAPER[1:]:
        due = _days_after(facts.dispatched_on, facts, "contracts.signature_days")
        yield from _once(due, _provider(facts), facts.tenant_signed_on if facts.state != S.DISPATCHED else None)


def _hand_over(facts: ContractFacts) -> Iterator[Planned]:
    if facts.state in IN_FORCE and facts.tenant_signed_on:
        due = dates.next_working_day(facts.tenant_signed_on + timedelta(days=7))
        yield from _once(due, _provider(facts), facts.handed_over_on or facts.tenant_original_settled_on)


def _return(facts: ContractFacts) -> Iterator[Planned]:
    if facts.dispatched_on and facts.state in ON_PAPER[1:]:
        due = _days_after(facts.dispatched_on, facts, "contracts.return_days")
        yield from _once(due, _provider(facts), facts.sent_back_on or _municipal_sheets_archived_on(facts))


def _file(facts: ContractFacts) -> Iterator[Planned]:
    """What the provider has sent back, or was signed at the office's own desk."""
    start = facts.sent_back_on if facts.provider_id else facts.tenant_signed_on
    if start and facts.state in ON_PAPER[1:]:
        due = _days_after(start, facts, "contracts.receipt_days")
        yield from _once(due, _office(facts), _municipal_sheets_archived_on(facts))


def _municipal_sheets_archived_on(facts: ContractFacts) -> date | None:
    return facts.municipal_original_settled_on if facts.annexes_archived else None


def _notify_owner(facts: ContractFacts) -> Iterator[Planned]:
    if facts.is_sublet and facts.issued_on and facts.state in (S.ISSUED, S.DISPATCHED, *IN_FORCE):
        yield from _once(facts.issued_on, _office(facts), facts.owner_notified_on)


def _term(facts: ContractFacts) -> Iterator[Planned]:
    """In time for a notice of three months; a short let needs none, but its tenant needs somewhere to go."""
    if facts.term_to and facts.state in (S.SIGNED, S.ACTIVE):
        ends_by_itself = tenure.the_term_ends_by_itself.holds(facts)
        months = 1 if ends_by_itself else facts.setting("contracts.term_warning_months")
        due = dates.add_months(facts.term_to, -months)
        then = (
            "Avtalet slutar då av sig självt, utan uppsägning."
            if ends_by_itself
            else "Avtalet slutar inte av sig självt: det har då varat längre än nio månader i följd."
        )
        detail = f"Hyrestiden slutar {dates.day_with_year(facts.term_to)}. {then}"
        yield from _once(due, _office(facts), facts.term_decided_on, detail=detail)


def _becomes_indefinite(facts: ContractFacts) -> Iterator[Planned]:
    """On the first day after a term the sweep looks: what goes on does so then, all else is given to a person."""
    if facts.term_to and facts.state == S.ACTIVE:
        stayed = dates.day_with_year(dates.add_months(facts.term_to, 1))
        detail = (
            f"Avtalet slutar av sig självt. Bor hyresgästen kvar till och med {stayed} utan uppmaning att flytta löper "
            "det sedan tills vidare."
            if tenure.the_term_ends_by_itself.holds(facts)
            else "Avtalet löper tills vidare från den dagen."
        )
        yield from _once(facts.term_to + timedelta(days=1), _office(facts), detail=detail)


def _security(facts: ContractFacts) -> Iterator[Planned]:
    """One warning for each of the setting's months; no security to warn of where it is waived or there from day one."""
    since = tenure.tenancy_since(facts)
    if since is None or not facts.is_sublet or facts.is_block_let or tenure.waiver_holds(facts):
        return
    if facts.state in (S.SIGNED, S.ACTIVE):
        for months in facts.setting("contracts.security_warning_months"):
            day = dates.add_months(since, months)
            over = dates.add_months(since, tenure.SECURITY_AFTER_MONTHS)
            met = facts.security_decided_on or (day if facts.today >= over else None)
            last = dates.day_with_year(_last_notice(over))
            detail = (
                f"Uppsägning senast {last}, om bostaden ska lämnas före två år."
                if day <= _last_notice(over)
                else f"Sista dagen för en uppsägning var {last}. Avtala om avstående, eller låt hyresgästen få besittningsskydd."
            )
            yield Planned(day, day, _office(facts), occurrence=months, met_on=met, detail=detail)


def _last_notice(over: date) -> date:
    """The last day of a notice of three months that ends the tenancy before that day."""
    last_end = over.replace(day=1) - timedelta(days=1)  # the last month-end before it
    month = dates.add_months(last_end, -3)
    return dates.add_months(month.replace(day=1), 1) - timedelta(days=1)


def _recalled(facts: ContractFacts) -> Iterator[Planned]:
    if facts.recalled_on:
        due = _days_after(facts.recalled_on, facts, "contracts.recall_days")
        yield from _once(due, _provider(facts))


def _end_sharing(facts: ContractFacts) -> Iterator[Planned]:
    """Not while the provider has something left to do."""
    if facts.closed_on and facts.is_shared and not facts.recalled_on:
        yield from _once(facts.closed_on + timedelta(days=facts.setting("contracts.sharing_days")), _office(facts))


def _service(facts: ContractFacts) -> Iterator[Planned]:
    if facts.notice_on and facts.notice_by == NoticeBy.MUNICIPALITY and facts.state in (S.NOTICE_GIVEN, S.MOVED_OUT):
        yield from _once(dates.add_working_days(facts.notice_on, 2), _office(facts), facts.served_on)


def _move_out_agreement(facts: ContractFacts) -> Iterator[Planned]:
    if facts.state in (S.NOTICE_GIVEN, S.MOVED_OUT) and facts.planned_move_out_on:
        met = facts.agreement_signed_on or (facts.today if facts.agreement_obstacle else None)
        yield from _once(facts.planned_move_out_on, _provider(facts), met)


def _move_out(facts: ContractFacts) -> Iterator[Planned]:
    if facts.state in (S.NOTICE_GIVEN, S.MOVED_OUT) and facts.planned_move_out_on:
        due = dates.next_working_day(facts.planned_move_out_on)
        yield Planned(facts.planned_move_out_on, due, _provider(facts), met_on=facts.moved_out_on)


def _tenants_original(facts: ContractFacts) -> Iterator[Planned]:
    if facts.provider_id and facts.moved_out_on and facts.state == S.MOVED_OUT and not facts.agreement_obstacle:
        due = _original_due(facts)
        met = facts.tenant_original_sent_back_on or facts.tenant_original_settled_on
        yield from _once(due, _provider(facts), met)


def _file_tenants_original(facts: ContractFacts) -> Iterator[Planned]:
    start = facts.tenant_original_sent_back_on if facts.provider_id else facts.moved_out_on
    if start and facts.state == S.MOVED_OUT and not facts.agreement_obstacle:
        due = _days_after(start, facts, "contracts.receipt_days")
        yield from _once(due, _office(facts), facts.tenant_original_settled_on)


def _original_due(facts: ContractFacts) -> date:
    return _days_after(facts.moved_out_on, facts, "contracts.move_out_return_days")


def _billing(facts: ContractFacts) -> Iterator[Planned]:
    if facts.moved_out_on and facts.state == S.MOVED_OUT:
        due = _working_days_after(facts.moved_out_on, facts, "contracts.billing_days")
        yield from _once(due, _office(facts), facts.billing_notified_on)


def _grant(facts: ContractFacts) -> Iterator[Planned]:
    if facts.has_grant and facts.notice_on and facts.state in (S.NOTICE_GIVEN, S.MOVED_OUT):
        settled = facts.grant_ended_on or (facts.today if facts.grant_continues else None)
        yield from _once(facts.closing_on or facts.planned_move_out_on, _office(facts), settled)


def _property(facts: ContractFacts) -> Iterator[Planned]:
    if facts.left_property and facts.state == S.MOVED_OUT:
        due = facts.property_keep_until or facts.moved_out_on
        yield from _once(due, _office(facts), facts.today if facts.property_decided else None)


def _close(facts: ContractFacts) -> Iterator[Planned]:
    """Not before what closing demands can be there: the tenant's original, and a decision on what was left behind."""
    if facts.state == S.MOVED_OUT and facts.closing_on:
        due = facts.closing_on
        if facts.tenant_original_settled_on is None and not facts.agreement_obstacle:
            due = max(due, _original_due(facts))
        if facts.property_keep_until and not facts.property_decided:
            due = max(due, facts.property_keep_until + timedelta(days=1))
        yield from _once(dates.next_working_day(due), _office(facts))


def _kind(key: str, label: str, rule: str, why: str, plan, step: str, **more) -> DeadlineKind:
    return DeadlineKind(f"contracts.{key}", "contract", label, rule, why, plan, step, **more)


DEADLINES = (
    _kind("order", "Beställ kontrakt", "R-0-4", "Hyresgästen är registrerad men kontraktet är inte beställt.", _order, "order_contract"),
    _kind("issue", "Utfärda kontraktet", "R-0-12", "Beställningen är mottagen.", _issue, "issue"),
    _kind("complete", "Komplettera beställningen", "R-0-25", "Den som tar emot beställningen har begärt komplettering.", _complete, "order_contract"),
    _kind("dispatch", "Underteckna och posta båda originalen", "R-0-13", "Kontraktet är utfärdat.", _dispatch, "dispatch"),
    _kind("sign_at_desk", "Få båda originalen undertecknade", "R-1-51", "Kontraktet är utfärdat.", _sign_at_desk, "sign_at_desk"),
    _kind("receipt", "Bekräfta att båda originalen kommit", "R-0-26", "Originalen är postade till beställaren.", _receipt, "acknowledge_receipt"),
    _kind("signatures", "Få båda originalen undertecknade", "R-0-15", "Hyresgästen eller företrädaren undertecknar båda.", _signatures, "record_signatures"),
    _kind("hand_over", "Lämna över hyresgästens original", "R-0-16", "Hyresgästen behåller ett original.", _hand_over, "hand_over_original"),
    _kind("return", "Skicka kommunens original åter", "R-0-17", "Kommunens original förvaras hos förvaltningen.", _return, "send_back_original"),
    _kind("file", "Ta emot kommunens original", "R-0-17", "Originalet är skickat åter, eller undertecknat här.", _file, "receive_sheet"),
    _kind("owner", "Underrätta fastighetsägaren", "JB 12:39", "Ska ske genast när bostaden hyrs ut i andra hand.", _notify_owner, "notify_owner", escalate_after=3),
    _kind("term", "Ta ställning till hyrestidens slut", "JB 12:3", "Hyrestiden är bestämd och går ut.", _term, "decide_on_term"),
    _kind("indefinite", "Hyrestiden har gått ut", "JB 12:3", "Hyrestiden har gått ut utan uppsägning.", _becomes_indefinite, "become_indefinite", acts=True),
    _kind("security", "Ta ställning till besittningsskyddet", "JB 12:45", "Efter två år får hyresgästen rätt till förlängning.", _security, "decide_on_security"),
    _kind("recalled", "Förstör de återkallade bladen", "R-0-12", "De bär kommunens underskrift men gäller inte längre.", _recalled, "confirm_destroyed"),
    _kind("end_sharing", "Delningen med utföraren upphör", "R-0-3", "Ärendet är avslutat.", _end_sharing, "end_sharing", acts=True),
    _kind("service", "Delge hyresgästen uppsägningen", "JB 8:8", "Kommunens uppsägning gäller från delgivningen.", _service, "record_service", escalate_after=3),
    _kind("agreement", "Få överenskommelsen om avflyttning undertecknad", "R-0-20", "Den undertecknas på hyresgästens original.", _move_out_agreement, "sign_move_out"),
    _kind("move_out", "Registrera utflyttningen", "R-0-19", "Uppsägningsdatum, utflyttningsdatum, orsak och avslutningsdatum.", _move_out, "move_out"),
    _kind("tenants_original", "Skicka hyresgästens original åter", "R-0-21", "Originalet med överenskommelsen förvaras hos förvaltningen.", _tenants_original, "send_back_tenants_original"),
    _kind("file_tenants_original", "Ta emot hyresgästens original", "R-0-21", "Hyresgästen har flyttat och originalet är på väg.", _file_tenants_original, "receive_sheet"),
    _kind("billing", "Meddela debiteringen", "R-0-27", "Hyran ska inte debiteras efter avslutningsdatumet.", _billing, "notify_billing"),
    _kind("grant", "Besluta om biståndet", "R-4-20", "Biståndet och bostaden avslutas var för sig.", _grant, "end_grant"),
    _kind("property", "Besluta om kvarlämnad egendom", "R-4-19", "Egendomen ska vara förtecknad och ägaren underrättad.", _property, "decide_property"),
    _kind("close", "Avsluta ärendet", "R-0-19", "Hyresgästen har flyttat.", _close, "close"),
)  # fmt: skip
