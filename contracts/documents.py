"""Freezes what is known of a contract into the data of its papers (`papers.py`). Nothing here reads the clock."""

from datetime import date
from typing import Any

from django.conf import settings

from bostad import dates, identifiers, words
from bostad.casework.models import CaseParty, PartyRole
from bostad.documents.frozen import address, amount, area, contact, municipality, signing, template
from bostad.documents.models import Original, TextTemplate
from bostad.housing.models import Category, Dwelling
from bostad.organisation.models import Delegation, Staff
from bostad.organisation.settings_keys import resolve
from bostad.people.models import Authority, Person
from contracts import papers
from contracts.models import Contract, Ending
from contracts.states import CARE, CategoryAnswer, EndReason, HousingForm, NoticeBy
from contracts.tenancy_time import in_a_row_since

USE = "Lägenheten hyrs ut som bostad åt hyresgästen och får inte användas till något annat."
DUE = "Hyran betalas i förskott, senast den sista vardagen före varje månads början."
NOTICE_TO_OWNER = "12 kap. 39 § tredje stycket jordabalken"
CAPACITIES = {  # what the one who signs is, where the authority is called something else
    Authority.FUTURE_POWER: "framtidsfullmaktshavare",
    Authority.POWER_OF_ATTORNEY: "ombud med fullmakt",
}


def _door(dwelling: Dwelling) -> papers.Address:
    """Where post to the tenant is put through the door."""
    return {**address(dwelling), "street": f"{dwelling.street}, lgh {dwelling.apartment_number}"}


def form(contract: Contract) -> papers.Form:
    return {
        "code": contract.housing_form,
        "label": contract.get_housing_form_display(),
        "care": contract.housing_form in CARE,
        "needs_decision": contract.housing_form != HousingForm.MUNICIPAL,
    }


def category(contract: Contract) -> papers.Category | None:
    if contract.category in ("", CategoryAnswer.NONE):
        return None
    return {"code": contract.category, "label": Category(contract.category).label}


def tenants(contract: Contract) -> list[papers.Tenant]:
    return [
        {
            "name": party.person.name,
            "personnummer": identifiers.full_personnummer(party.person.personnummer),
            "representative": _representative(party.representative) if party.representative else None,
        }
        for party in contract.tenants
    ]


def _representative(representative: Any) -> papers.Representative:
    return {
        "name": representative.name,
        "capacity_label": CAPACITIES.get(representative.authority, representative.get_authority_display().lower()),
        "authority": representative.reference,
        "address": address(representative),
        "phone": representative.phone or None,
    }


def place(contract: Contract) -> papers.Place:
    dwelling = contract.dwelling
    return {
        "designation": dwelling.designation,
        **address(dwelling),
        "apartment_number": dwelling.apartment_number,
    }


def dwelling(contract: Contract) -> papers.Dwelling:
    where = contract.dwelling
    floor = identifiers.apartment_floor(where.apartment_number)
    return {
        **place(contract),
        "property": where.real_property.designation,
        "floor_label": {0: "entréplan"}.get(floor, f"{floor} tr." if floor > 0 else "under entréplan"),
        "size_label": where.size_label,
        "area_m2": area(where),
        "included_spaces": _list(where.included_spaces),
        "furnished_items": _list(where.furnished_items),
    }


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", ",").split(",") if part.strip()]


def decision(contract: Contract) -> papers.Decision | None:
    grant = contract.grant
    if grant is None:
        return None
    return {
        "board": words.in_sentence(grant.board),
        "number": grant.number,
        "decided_on": grant.decided_on.isoformat(),
        "legal_basis": grant.legal_basis,
    }


def term(contract: Contract) -> papers.Term:
    fixed = contract.term_to is not None
    long = fixed and dates.tenancy_exceeds_nine_months(in_a_row_since([contract])[contract.pk], contract.term_to)
    extension = None
    if fixed:
        extension = (
            "Avtalet ska sägas upp även om tiden är bestämd, eftersom hyresförhållandet varar längre än nio månader i "
            "följd. Annars löper det tills vidare (12 kap. 3 § jordabalken)."
            if long
            else "Avtalet slutar den sista dagen utan uppsägning."
        )
    months = _months(contract.notice_months)
    return {
        "from_on": contract.move_in_on.isoformat(),
        "to_on": contract.term_to.isoformat() if fixed else None,
        "kind_label": "Bestämd tid" if fixed else "Tills vidare",
        "notice_text": (
            f"Uppsägningstiden är {months}. Avtalet upphör vid det månadsskifte som kommer närmast efter det att "
            "tiden har gått. Hyresgästen får alltid säga upp avtalet med högst tre månaders uppsägningstid.\n"
            "Avlider hyresgästen får dödsboet säga upp avtalet inom en månad från dödsfallet. Uppsägningstiden är då "
            "en månad (12 kap. 4 och 5 §§ jordabalken)."
        ),
        "extension_text": extension,
    }


def _months(months: int) -> str:
    words = ("", "en månad", "två månader", "tre månader", "fyra månader", "fem månader", "sex månader")
    return words[months] if months < len(words) else f"{months} månader"


def security_of_tenure(contract: Contract) -> str:
    """What the law says of this let; a waiver is a paper of its own, never a clause here (JB 12:45 a)."""
    own_paper = "Ett avstående från den rätten görs i en särskild handling och inte i detta avtal."
    if not contract.is_sublet:
        return (
            "Lägenheten är kommunens egen och hyrs ut i första hand. Hyresgästen har rätt till förlängning av avtalet "
            f"enligt 12 kap. 46 § jordabalken. {own_paper}"
        )
    if contract.head_lease is not None and contract.head_lease.is_block_let:
        return (
            "Kommunen hyr lägenheten tillsammans med minst två andra för att hyra ut dem vidare. Hyresgästen har "
            f"därför rätt till förlängning från första dagen (12 kap. 45 § andra stycket jordabalken). {own_paper}"
        )
    return (
        "Hyresgästen har rätt till förlängning av avtalet när hyresförhållandet har varat längre än två år i följd "
        f"(12 kap. 45 § jordabalken). {own_paper}"
    )


def rent(contract: Contract) -> papers.Rent:
    parts: list[papers.RentPart] = [{"label": "Lägenheten", "amount": amount(contract.rent)}]
    if contract.furniture_rent:
        parts.append({"label": "Möbler", "amount": amount(contract.furniture_rent)})
    if contract.other_rent:
        parts.append({"label": contract.other_rent_for, "amount": amount(contract.other_rent)})
    digits = "".join(letter for letter in contract.number if letter.isdigit())
    return {
        "total": amount(contract.total_rent),
        "parts": parts,
        "due_text": DUE,
        "bankgiro": resolve("contracts.bankgiro", contract.issued_on, contract.department_id).value,
        "ocr": identifiers.make_ocr(digits),
    }


def electricity_company(contract: Contract) -> str:
    return resolve("contracts.electricity_company", contract.issued_on, contract.department_id).value


def annexes(contract: Contract) -> list[tuple[str, str]]:
    """The annexes in the order of their number: (kind, title)."""
    found = []
    if category(contract):
        found.append(("category_annex", f"Kategoriboende, {contract.get_category_display()}"))
    if not contract.includes_electricity:
        found.append(("electricity_annex", f"Anmälan om inflyttning till {electricity_company(contract)}"))
    return found


def contract_data(contract: Contract, version: TextTemplate) -> papers.Contract:
    lease = contract.head_lease
    provider = contract.provider
    return {
        "number": contract.number,
        "municipality": municipality(contract.department),
        "form": form(contract),
        "category": category(contract),
        "tenants": tenants(contract),
        "provider": {"name": provider.name, "address": address(provider)} if provider else None,
        "dwelling": dwelling(contract),
        "head_lease": {"owner": lease.owner.name, "reference": lease.reference} if lease else None,
        "use": USE,
        "decision": decision(contract),
        "term": term(contract),
        "move_in_on": contract.move_in_on.isoformat(),
        "contract_on": contract.contract_on.isoformat(),
        "rent": rent(contract),
        "electricity": {
            "included": contract.includes_electricity,
            "company": None if contract.includes_electricity else electricity_company(contract),
        },
        "security_of_tenure": security_of_tenure(contract),
        "clauses": version.clauses,
        "appendices": [{"letter": str(n), "title": title} for n, (_, title) in enumerate(annexes(contract), start=1)],
        "template": template(version),
        "signing": signing(contract.delegation),
    }


def category_annex_data(contract: Contract, version: TextTemplate, letter: str) -> dict[str, Any]:
    return {
        "number": contract.number,
        "letter": letter,
        "municipality": municipality(contract.department),
        "form": form(contract),
        "category": category(contract),
        "tenants": tenants(contract),
        "dwelling": place(contract),
        "contract_on": contract.contract_on.isoformat(),
        "clauses": version.clauses,
        "template": template(version),
        "signing": signing(contract.delegation),
    }


def electricity_annex_data(contract: Contract, version: TextTemplate, letter: str) -> papers.ElectricityAnnex:
    return {
        "number": contract.number,
        "letter": letter,
        "municipality": municipality(contract.department),
        "company": {"name": electricity_company(contract), "address": None, "phone": None, "web": None},
        "tenants": tenants(contract),
        "dwelling": place(contract),
        "installation_id": None,
        "move_in_on": contract.move_in_on.isoformat(),
        "template": template(version),
    }


def order_data(contract: Contract, version: TextTemplate) -> papers.Order:
    """What the orderer wrote, the tenants' names too: a number does not fetch a name onto the orderer's own paper."""
    order = contract.order
    return {
        "number": contract.number,
        "ordered_on": order.ordered_on.isoformat(),
        "subject": order.subject,
        "matter_type": order.matter_type,
        "queue": contract.unit.name,
        "municipality": municipality(contract.department),
        "form": form(contract),
        "category": category(contract),
        "tenants": [
            {
                "first_name": party.given_first_name or party.person.first_name,
                "surname": party.given_last_name or party.person.last_name,
                "personnummer": identifiers.full_personnummer(party.person.personnummer),
            }
            for party in contract.parties.filter(role=PartyRole.TENANT).select_related("person").order_by("id")
        ],
        "dwelling": place(contract),
        "move_in_on": contract.move_in_on.isoformat(),
        "contract_on": contract.contract_on.isoformat(),
        "decision": decision(contract),
        "orderer": {
            "name": order.orderer_name,
            "title": order.orderer.title or None,
            "provider": contract.provider.name if contract.provider else contract.department.name,
            "address": address(order),
            "phone": order.phone,
            "email": order.email or order.orderer.email,
        },
        "confirmation": {"name": str(order.confirmed_by), "confirmed_on": order.ordered_on.isoformat()},
        "help_text": resolve("contracts.help_contact", contract.opened_on, contract.department_id).value or None,
        "template": template(version),
    }


def recipient(contract: Contract) -> papers.Recipient:
    """Where the contract is posted: the orderer (R-0-9). Names no tenant."""
    order = contract.order
    return {
        "name": order.orderer_name,
        "organisation": order.recipient or None,
        "care_of": None,
        **address(order),
    }


def title(contract: Contract) -> str:
    return "Andrahandskontrakt" if contract.is_sublet else "Hyreskontrakt"


def _letter(contract: Contract, version: TextTemplate, on: date, sender: Staff | None) -> dict[str, Any]:
    """What every letter to the provider has: it names the contract and the object, never the tenant."""
    unit = contract.unit
    return {
        "number": contract.number,
        "contract_title": title(contract),
        "designation": contract.dwelling.designation,
        "letter_on": on.isoformat(),
        "municipality": municipality(contract.department),
        "contact": contact(sender, unit, contract.department),
        "recipient": recipient(contract),
        "return_to": {
            "name": ", ".join(
                [settings.MUNICIPALITY, words.in_sentence(contract.department.name), *([unit.name] if unit else [])]
            ),
            **address(contract.department),
        },
        "template": template(version),
    }


def covering_letter_data(
    contract: Contract,
    version: TextTemplate,
    *,
    sheets: list[Original],
    on: date,
    return_by: date,
    sender: Staff | None,
) -> papers.CoveringLetter:
    goes = {"tenant": "keep", "municipality": "return"}
    return {
        **_letter(contract, version, on, sender),
        "enclosures": [
            {
                "code": sheet.code,
                "title": sheet.title if sheet.kind == "contract" else sheet.document.sheet["sheet_title"],
                "to_sign": sheet.kind != "electricity_annex",
                "then": "company"
                if sheet.kind == "electricity_annex" and sheet.holder == "tenant"
                else goes[sheet.holder],
            }
            for sheet in sheets
        ],
        "return_by_on": return_by.isoformat(),
    }


def reminder_data(
    contract: Contract,
    version: TextTemplate,
    *,
    missing: list[tuple[Original, date]],
    occurrence: int,
    on: date,
    return_by: date,
    sender: Staff | None,
) -> papers.Reminder:
    return {
        **_letter(contract, version, on, sender),
        "occurrence": occurrence,
        "missing": [
            {
                "code": sheet.code,
                "title": sheet.title if sheet.kind == "contract" else sheet.document.sheet["sheet_title"],
                "sent_on": sheet.since.isoformat(),
                "due_on": due_on.isoformat(),
            }
            for sheet, due_on in missing
        ],
        "return_by_on": return_by.isoformat(),
    }


def owner_notice_data(
    contract: Contract, version: TextTemplate, *, on: date, sender: Staff | None
) -> papers.OwnerNotice:
    lease = contract.head_lease
    return {
        "number": contract.number,
        "designation": contract.dwelling.designation,
        "property": contract.dwelling.real_property.designation,
        "apartment_number": contract.dwelling.apartment_number,
        "head_lease": {"owner": lease.owner.name, "reference": lease.reference},
        "from_on": contract.move_in_on.isoformat(),
        "to_on": contract.term_to.isoformat() if contract.term_to else None,
        "legal_basis": NOTICE_TO_OWNER,
        "letter_on": on.isoformat(),
        "municipality": municipality(contract.department),
        "contact": contact(sender, contract.unit, contract.department),
        "recipient": {"name": lease.owner.name, "organisation": None, "care_of": None, **address(lease.owner)},
        "template": template(version),
        "signing": signing(contract.delegation),
    }


def move_out_data(contract: Contract, version: TextTemplate, *, last_on: date) -> papers.MoveOutAgreement:
    """`last_on` is the tenancy's last day, the same as in the notice or its confirmation."""
    ending = contract.ending
    return {
        "number": contract.number,
        "municipality": municipality(contract.department),
        "tenants": tenants(contract),
        "dwelling": place(contract),
        "contract_on": contract.contract_on.isoformat(),
        "estates": [party.person.name for party in contract.tenants if party.person.died_on],
        "notice_on": None if ending.notice_by == NoticeBy.TERM else ending.notice_on.isoformat(),
        "moved_out_on": ending.planned_move_out_on.isoformat(),
        "ended_on": max(last_on, ending.planned_move_out_on).isoformat(),
        "reason_label": EndReason(ending.reason).label,
        "template": template(version),
    }


def termination_data(
    contract: Contract,
    tenant: CaseParty,
    version: TextTemplate,
    *,
    on: date,
    last_on: date,
    delegation: Delegation,
    sender: Staff | None,
) -> papers.Termination:
    """The municipality's own written notice, or the confirmation of the tenant's or the estate's (R-4-17).

    To one of the tenants, or to who represents that one.
    """
    ending = contract.ending
    by_municipality = ending.notice_by == "municipality"
    to, of_estate = tenant.representative, ending.notice_by == NoticeBy.ESTATE
    move_out = dates.move_out_day(last_on)
    return {
        "kind": "landlord" if by_municipality else "tenant",
        "number": contract.number,
        "letter_on": on.isoformat(),
        "municipality": municipality(contract.department),
        "contact": contact(sender, contract.unit, contract.department),
        "recipient": {
            "name": to.name if to and not of_estate else _addressee(tenant.person, ending),
            "organisation": None,
            "care_of": to.name if to and of_estate else None,
            **(address(to) if to and to.has_address else _door(contract.dwelling)),
        },
        "tenant_names": [party.person.name for party in contract.tenants],
        "dwelling": place(contract),
        "contract_on": contract.contract_on.isoformat(),
        "at_once": False,
        "last_on": last_on.isoformat(),
        "vacate_text": f"Lägenheten ska vara tömd, städad och lämnad senast klockan 12.00 den {dates.day_with_year(move_out)}.",
        "grounds": [{"text": ending.grounds, "legal_basis": "12 kap. 46 § jordabalken"}] if by_municipality else [],
        "received_on": None if by_municipality else ending.notice_on.isoformat(),
        "given_by": None if by_municipality else _giver(tenant, ending),
        "options": OPTIONS if by_municipality else [],
        "support_decision": contract.grant is not None and ending.notice_by != NoticeBy.ESTATE,
        "enclosures": [],
        "template": template(version),
        "signing": signing(delegation),
    }


def _giver(tenant: CaseParty, ending: Ending) -> str:
    if ending.notice_by == NoticeBy.ESTATE:
        return "dödsboet"
    return tenant.person.name if tenant.representative else "dig"


def _addressee(person: Person, ending: Ending) -> str:
    return f"Dödsboet efter {person.name}" if ending.notice_by == NoticeBy.ESTATE and person.died_on else person.name


OPTIONS: list[papers.Option] = [
    {
        "heading": "Godta uppsägningen",
        "text": "Då flyttar du senast den dag som står här ovanför. Hör av dig om du behöver hjälp med flytten.",
        "legal_basis": None,
    },
    {
        "heading": "Säga nej",
        "text": (
            "Du behöver inte flytta bara för att vi har sagt upp avtalet. Går du inte med på det, och har du rätt till "
            "förlängning, måste kommunen begära att hyresnämnden prövar saken, senast en månad efter hyrestidens slut. "
            "Annars är uppsägningen utan verkan."
        ),
        "legal_basis": "12 kap. 49 § jordabalken",
    },
]
