"""From registration to order (R-0-1 to R-0-11, R-0-25), and back for completion."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q

from bostad.casework import protection, steps
from bostad.casework.models import Case, CaseParty, PartyRole, Share, ShareGround
from bostad.casework.refusals import StepNotTaken
from bostad.documents.services import approved_template, freeze
from bostad.housing.models import Dwelling, Occupancy
from bostad.identifiers import IdentifierError, parse_personnummer
from bostad.organisation.models import Organisation, Unit
from bostad.organisation.scope import Scope
from bostad.people.models import HouseholdMember, Person, Representative
from bostad.people.representing import RepresentativeInput, recorded
from bostad.people.services import household_of, person_by_number
from contracts import documents
from contracts.models import CompletionRequest, Contract, Grant, Order
from contracts.rules.registration import tenants_are_named_and_numbered
from contracts.services.sheets import call_off_papers
from contracts.states import CARE, CategoryAnswer, HousingForm
from referrals.models import Offer
from referrals.states import LIVE

TAKEN = "Bostaden är upptagen under den tiden. Välj en annan bostad eller ett annat datum."


@dataclass(frozen=True)
class TenantInput:
    first_name: str
    last_name: str
    personnummer: str  # 12 digits
    representative: RepresentativeInput | None = None  # who signs for just this tenant


@dataclass(frozen=True)
class DecisionInput:
    number: str
    board: str
    decided_on: date
    legal_basis: str
    valid_to: date | None = None


@dataclass(frozen=True)
class Registration:
    dwelling: Dwelling
    housing_form: str
    move_in_on: date
    contract_on: date
    tenants: tuple[TenantInput, ...]
    decision: DecisionInput | None = None
    municipal_ground: str = ""
    is_protected: bool = False


def register(data: Registration, *, by: Scope, today: date, offer: Offer | None = None) -> Contract:
    """Registers tenants on a dwelling (R-0-4). The case belongs to the department that manages the dwelling.

    A dwelling that is offered to a household is let to nobody else: see `from_offer`.
    """
    _check(data, today)
    _refuse_a_referral_as_ground(data, offer)
    dwelling = data.dwelling
    queue = Unit.objects.filter(organisation=dwelling.manager_id, is_queue=True).first()
    if queue is None:
        raise StepNotTaken("Förvaltningen har ingen enhet som tar emot beställningar. Be Användarstöd om hjälp.")
    with steps.opening(
        Contract,
        "register",
        by=by,
        today=today,
        department_id=dwelling.manager_id,
        unit=queue,
        dwelling=dwelling,
        housing_form=data.housing_form,
        provider_id=_provider(data, by),
        move_in_on=data.move_in_on,
        contract_on=data.contract_on,
        offer=offer,
    ) as contract:
        _refuse_offered(dwelling, offer)
        if contract.provider_id:
            Share.objects.create(
                case_id=contract.pk, organisation_id=contract.provider_id, ground=ShareGround.ROUTINE, from_on=today
            )
        _write(contract, data, by, today)
    return contract


def edit(pk: int, data: Registration, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    """Corrects a registration before it is ordered (again)."""
    _check(data, today)
    with steps.door(Contract, pk, "edit", by=by, today=today, seen=seen) as contract:
        if data.dwelling.manager_id != contract.department_id:
            raise StepNotTaken(
                "Bostaden förvaltas av en annan förvaltning. Ta bort registreringen och gör en ny.", "dwelling"
            )
        if (data.housing_form in CARE) != contract.is_care:
            raise StepNotTaken(
                "Boendeformen hör till en annan rutin. Ta bort registreringen och gör en ny.", "housing_form"
            )
        _refuse_a_referral_as_ground(data, contract.offer)
        _refuse_offered(data.dwelling, contract.offer)
        before = Contract.objects.get(pk=pk)
        written = before.tenants
        if contract.offer is not None:
            _keep_the_household(written, data, today)
        _mend_names(before, written, data, today)
        contract.dwelling = data.dwelling
        contract.housing_form = data.housing_form
        contract.move_in_on, contract.contract_on = data.move_in_on, data.contract_on
        CaseParty.objects.filter(case_id=contract.pk, role=PartyRole.TENANT).delete()
        _write(contract, data, by, today)
        _forget(before, written, contract)
    return contract


def _forget(before: Contract, written: list[CaseParty], contract: Contract) -> None:
    """What stood on the registration alone, and was a mistake: the history keeps it, nothing else points at it."""
    strangers = {party.person_id for party in written} - {party.person_id for party in contract.tenants}
    HouseholdMember.objects.filter(
        household=before.household_id, person__in=strangers, from_on=before.move_in_on, to_on=None
    ).exclude(person__case_parties__isnull=False).delete()
    if before.grant_id != contract.grant_id:
        Grant.objects.filter(pk=before.grant_id, contracts=None, ended_on=None).delete()
    for who in Representative.objects.filter(pk__in={party.representative_id for party in written}, parties=None):
        with suppress(ProtectedError):  # who has signed something elsewhere stays known
            who.delete()


def _check(data: Registration, today: date) -> None:
    """What a registration must be before anything is written. The rest the routine's conditions ask."""
    if data.housing_form not in HousingForm.values:
        raise StepNotTaken("Välj boendeform.", "housing_form")
    if None in (data.move_in_on, data.contract_on):
        raise StepNotTaken("Ange inflyttningsdatum och kontraktsdatum.", "move_in_on")
    if data.contract_on > max(data.move_in_on, today):  # who has moved in already may sign today
        raise StepNotTaken("Kontraktsdatumet kan inte vara efter inflyttningen.", "contract_on")
    if not data.tenants:
        raise StepNotTaken(tenants_are_named_and_numbered.sentence, "personnummer")
    for tenant in data.tenants:
        if not (tenant.first_name.strip() and tenant.last_name.strip()):
            raise StepNotTaken(tenants_are_named_and_numbered.sentence, "first_name")
    if len({_number(tenant, today) for tenant in data.tenants}) < len(data.tenants):
        raise StepNotTaken("Samma personnummer står två gånger.", "personnummer_2")


def _refuse_offered(dwelling: Dwelling, offer: Offer | None) -> None:
    """R-1-48: while an offer lives the dwelling is held for its household. Who offers it meanwhile waits."""
    Dwelling.objects.locked().get(pk=dwelling.pk)
    if offer is not None and offer.dwelling_id != dwelling.pk:
        raise StepNotTaken("Kontraktet gäller bostaden i erbjudandet.", "dwelling")
    others = Offer.objects.filter(dwelling=dwelling, state__in=LIVE).exclude(pk=offer.pk if offer else None)
    if others.exists():
        raise StepNotTaken("Bostaden är erbjuden ett annat hushåll.", "dwelling")


REFERRAL_NUMBER = re.compile(r"\bR-\d{4}-\d{6}\b")


def _refuse_a_referral_as_ground(data: Registration, offer: Offer | None) -> None:
    """R-1-51: a referral opens a dwelling by its accepted offer, and by nothing that is typed."""
    if offer is None and REFERRAL_NUMBER.search(data.municipal_ground):
        raise StepNotTaken("Kontrakt på en remiss skrivs från det antagna erbjudandet, i remissen.", "municipal_ground")


def _keep_the_household(written: list[CaseParty], data: Registration, today: date) -> None:
    """R-1-3: the contract of an offer is let to those who were offered the dwelling."""
    if {party.person.personnummer for party in written} != {_number(tenant, today) for tenant in data.tenants}:
        raise StepNotTaken("Kontraktet gäller hushållet i erbjudandet.", "personnummer")


def _number(tenant: TenantInput, today: date) -> str:
    try:
        return parse_personnummer(tenant.personnummer, on=today, allow_coordination=True)
    except IdentifierError as problem:
        raise StepNotTaken(str(problem), "personnummer") from None


def _provider(data: Registration, by: Scope) -> int | None:
    """A provider registers for itself; the dwelling must then be its own (R-0-3)."""
    if data.housing_form not in CARE:
        return None
    own, its = by.partner_ids, data.dwelling.provider_id
    if not own and its is None:
        raise StepNotTaken("Bostaden har ingen utförare.", "dwelling")
    return its if not own or its in own else min(own)


def _write(contract: Contract, data: Registration, by: Scope, today: date) -> None:
    persons = [_person(tenant, today) for tenant in data.tenants]
    for tenant, person in zip(data.tenants, persons, strict=True):
        CaseParty.objects.create(
            case_id=contract.pk,
            person=person,
            role=PartyRole.TENANT,
            representative=representative_of(contract, person, tenant.representative),
            given_first_name=tenant.first_name,
            given_last_name=tenant.last_name,
            from_on=data.move_in_on,
        )
    protection.hold(persons)
    if data.is_protected:
        protection.declare(persons)
    contract.declared_protected = data.is_protected
    contract.municipal_ground = data.municipal_ground
    contract.household = household_of(persons, data.move_in_on) if persons else None
    contract.grant = _grant(persons, data.decision)
    contract.occupancy = _occupy(contract, data)
    contract.save()
    if protection.is_protected(persons, contract.household_id, max(today, contract.move_in_on)):
        protection.restrict(contract, {by.staff_id})
        protection.restrict_what_was_there(persons, [contract.household], but=contract.pk)


def _person(tenant: TenantInput, today: date) -> Person:
    """Nobody is told whether the number was known: the typed name stays on the order."""
    return person_by_number(_number(tenant, today), first_name=tenant.first_name, last_name=tenant.last_name)


def _mend_names(before: Contract, written: list[CaseParty], data: Registration, today: date) -> None:
    """A misspelt name that came from this registration, and stands nowhere else, is mended with it."""
    typed = {_number(tenant, today): tenant for tenant in data.tenants}
    for party in written:
        person, tenant = party.person, typed.get(party.person.personnummer)
        if tenant is None or person.name != party.given_name:
            continue
        known_elsewhere = (
            person.case_parties.exclude(case=before.pk).exists()
            or person.memberships.exclude(household=before.household_id).exists()
        )
        if not known_elsewhere:
            person.first_name, person.last_name = tenant.first_name, tenant.last_name
            person.save(update_fields=["first_name", "last_name", "sort_key"])


def representative_of(contract: Contract, person: Person, data: RepresentativeInput | None) -> Representative | None:
    """Who signs for the tenant. What a provider typed is its own record, and the department's is the department's."""
    own = Representative.objects.filter(
        parties__case__department=contract.department_id, parties__case__as_contract__provider=contract.provider_id
    )
    return recorded(person, data, among=own)


def _grant(persons: list[Person], data: DecisionInput | None) -> Grant | None:
    if data is None or not persons:
        return None
    known = Grant.objects.filter(person=persons[0], number=data.number).order_by("id")
    over = known.filter(Q(is_granted=False) | Q(ended_on__isnull=False)).first()  # other dates do not bring it back
    found = over or known.filter(**vars(data)).first()
    return found or Grant.objects.create(person=persons[0], valid_from=data.decided_on, **vars(data))


def _occupy(contract: Contract, data: Registration) -> Occupancy:
    """Holds the dwelling from the move-in. The exclusion constraint decides between two who come at once."""
    held = contract.occupancy
    if held and held.dwelling_id == data.dwelling.pk and held.from_on == data.move_in_on and not held.voided:
        return held
    others = Occupancy.objects.filter(dwelling=data.dwelling).overlapping(data.move_in_on)
    if others.exclude(pk=held.pk if held else None).exists():
        raise StepNotTaken(TAKEN, "dwelling")
    try:
        with transaction.atomic():
            if held:
                Occupancy.objects.filter(pk=held.pk).update(voided=True)
            return Occupancy.objects.create(dwelling=data.dwelling, from_on=data.move_in_on)
    except IntegrityError as taken:
        raise StepNotTaken(TAKEN, "dwelling") from taken


@dataclass(frozen=True)
class OrderInput:
    category: str
    orderer_name: str
    street: str
    postal_code: str
    city: str
    phone: str
    email: str = ""
    recipient: str = ""
    message: str = ""
    confirmed: bool = False


def order(pk: int, data: OrderInput, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    """Orders the contract of the one receiving queue (R-0-25). A returned order is answered by ordering again."""
    if not (data.street and data.postal_code and data.city):
        raise StepNotTaken("Ange beställarens namn och postadress. Dit skickas kontraktet.", "street")
    with steps.door(Contract, pk, "order_contract", by=by, today=today, seen=seen) as contract:
        contract.category = data.category
        contract.unit = Unit.objects.filter(organisation=contract.department_id, is_queue=True).first()
        Order.objects.update_or_create(
            contract=contract,
            defaults={
                "orderer_id": by.staff_id,
                "orderer_name": data.orderer_name,
                "recipient": data.recipient or _name_of(contract.provider),
                "street": data.street,
                "postal_code": data.postal_code,
                "city": data.city,
                "phone": data.phone,
                "email": data.email,
                "message": data.message,
                "ordered_on": today,
                "confirmed_by_id": by.staff_id if data.confirmed else None,
            },
        )
        contract.completion_requests.filter(answered_on=None).update(answered_on=today)
        if data.confirmed and data.category in CategoryAnswer.values:
            _freeze_order(contract, by, today)
    return contract


def _name_of(provider: Organisation | None) -> str:
    return provider.name if provider else ""


def _freeze_order(contract: Contract, by: Scope, today: date) -> None:
    fresh = Contract.objects.get(pk=contract.pk)
    fresh.category, fresh.unit = contract.category, contract.unit
    version = approved_template("order", today)
    freeze(case=contract, kind="order", template=version, data=documents.order_data(fresh, version), on=today, by=by)


def recall_order(pk: int, *, by: Scope, today: date, reason: str, seen: int | None = None) -> Contract:
    with steps.door(Contract, pk, "recall_order", by=by, today=today, seen=seen, note=reason) as contract:
        Order.objects.filter(contract=contract).update(confirmed_by=None)
    return contract


def return_for_completion(pk: int, *, missing: str, by: Scope, today: date, seen: int | None = None) -> Contract:
    """Back to the orderer, with what is missing. The confirmation is gone: what comes back is confirmed anew."""
    with steps.door(Contract, pk, "return_for_completion", by=by, today=today, seen=seen, note=missing) as contract:
        CompletionRequest.objects.create(contract=contract, asked_on=today, asked_by_id=by.staff_id, missing=missing)
        Order.objects.filter(contract=contract).update(confirmed_by=None)
    return contract


def call_off(pk: int, step: str, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Contract:
    """`cancel` by the office, `cancel_late` by the manager, `withdraw` by the provider: the dwelling is free again."""
    if step not in ("cancel", "cancel_late", "withdraw"):
        raise ValueError(step)
    with steps.door(Contract, pk, step, by=by, today=today, seen=seen, note=reason) as contract:
        Occupancy.objects.filter(pk=contract.occupancy_id).update(voided=True)
        call_off_papers(Case.objects.get(pk=pk), on=today, by=by, note=reason)
        if contract.issued_on is None:
            _part_household(contract)
    return contract


def _part_household(contract: Contract) -> None:
    """A registration that came to nothing joined nobody: who came to the household by it alone leaves it."""
    others = CaseParty.objects.filter(person=OuterRef("person")).exclude(case_id=contract.pk)
    HouseholdMember.objects.filter(
        ~Exists(others), household=contract.household_id, person__in=[party.person_id for party in contract.tenants],
        from_on=contract.move_in_on, to_on=None,
    ).delete()  # fmt: skip
