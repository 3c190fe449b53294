"""What stands in each printed document of a sublet contract: the exact shape of its frozen data.

How a shape says what may be missing stands in `bostad/documents/shapes.py`.

Statutes, notice times and day counts come with the data (`notice_text`, `security_of_tenure`, `legal_basis`), since
they are dated reference data; the templates hold none.

No models here: this is the contract between those who freeze the data and `templates/pdf/`.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, TypeAlias, TypedDict

from bostad.documents.papers import Paper
from bostad.documents.shapes import (
    AT_LEAST_ONE,
    Address,
    Contact,
    IsoDate,
    Kronor,
    Municipality,
    Recipient,
    Signing,
    Template,
)


# --- parts that several documents share ------------------------------------------------------------------------------
class Form(TypedDict):
    """Housing form (R-0-1). `care`: board and care are charged apart from the rent.

    `needs_decision`: false only for kommunalt kontrakt, where the decision follows the lease (R-1-52).
    """

    code: Annotated[str, "kod"]  # vardbostad_demens
    label: Annotated[str, "namn"]  # "Vårdbostad demens"
    care: Annotated[bool, "om boendeformen är vård och omsorg"]
    needs_decision: Annotated[bool, "om boendeformen kräver biståndsbeslut"]


class Category(TypedDict):
    code: Annotated[Literal["bpsd", "young_dementia", "couple"], "kod"]
    label: Annotated[str, "namn"]  # "BPSD", "Yngre demenssjuka", "Parboende"


class Representative(TypedDict):
    """Who acts for a tenant. `authority` is what the authority rests on, as recorded (R-0-15)."""

    name: Annotated[str, "namn"]
    capacity_label: Annotated[str, "behörighet"]  # "god man", "framtidsfullmaktshavare", "anhörig med fullmakt"
    authority: Annotated[str, "grund för behörigheten"]  # "Framtidsfullmakt den 3 mars 2025"
    address: Annotated[Address, "företrädarens adress"]
    phone: Annotated[str | None, "telefon"]


class Tenant(TypedDict):
    name: Annotated[str, "namn"]
    personnummer: Annotated[str, "personnummer"]
    representative: Annotated[Representative | None, "företrädare"]


class Place(TypedDict):
    """The dwelling, as far as it is needed to point it out."""

    designation: Annotated[str, "beteckning"]  # "Rönngården, avdelning Björken, lgh 14"
    street: Annotated[str, "gatuadress"]
    postal_code: Annotated[str, "postnummer"]
    city: Annotated[str, "postort"]
    apartment_number: Annotated[str | None, "lägenhetsnummer"]  # none in many care homes


class Dwelling(Place):
    property: Annotated[str, "fastighetsbeteckning"]
    floor_label: Annotated[str | None, "våning"]
    size_label: Annotated[str, "storlek"]  # "1 rum med kokvrå"
    area_m2: Annotated[str | None, "yta"]  # "31.5"
    included_spaces: Annotated[list[str], "utrymmen som ingår"]
    furnished_items: Annotated[list[str], "inventarier"]


class HeadLease(TypedDict):
    owner: Annotated[str, "fastighetsägare"]
    reference: Annotated[str, "förstahandsavtalets nummer"]


class Decision(TypedDict):
    board: Annotated[str, "nämnd som beslutat"]
    number: Annotated[str, "ärendenummer"]
    decided_on: Annotated[IsoDate, "beslutsdatum"]
    legal_basis: Annotated[str, "lagrum"]


class Clause(TypedDict):
    heading: Annotated[str, "rubrik"]
    text: Annotated[str, "text"]


class ReturnAddress(TypedDict):
    name: Annotated[str, "mottagare"]
    street: Annotated[str, "gatuadress"]
    postal_code: Annotated[str, "postnummer"]
    city: Annotated[str, "postort"]


# --- D-0-1 -----------------------------------------------------------------------------------------------------------
class OrderTenant(TypedDict):
    first_name: Annotated[str, "förnamn"]
    surname: Annotated[str, "efternamn"]
    personnummer: Annotated[str, "personnummer"]


class Orderer(TypedDict):
    name: Annotated[str, "namn"]
    title: Annotated[str | None, "befattning"]
    provider: Annotated[str, "utförare"]
    address: Annotated[Address, "beställarens adress"]
    phone: Annotated[str, "telefon"]
    email: Annotated[str, "e-post"]


class Confirmation(TypedDict):
    """Who confirmed that the contract is correctly filled in, and when (R-0-11)."""

    name: Annotated[str, "vem som intygat"]
    confirmed_on: Annotated[IsoDate, "dag för intygandet"]


class Order(TypedDict):
    """D-0-1, Beställning av andrahandskontrakt (R-0-4 to R-0-11, R-0-25)."""

    number: Annotated[str, "kontraktets nummer"]
    ordered_on: Annotated[IsoDate, "beställningsdatum"]
    subject: Annotated[str, "ärendemening"]  # "Beställning av andrahandskontrakt"
    matter_type: Annotated[str, "ärendetyp"]  # "Hyror, inflyttning och kontrakt"
    queue: Annotated[str, "mottagande funktion"]  # "Debiteringen"
    municipality: Annotated[Municipality, "kommunen"]
    form: Annotated[Form, "boendeform"]
    category: Annotated[Category | None, "kategori"]  # None is the answer "nej"
    tenants: Annotated[list[OrderTenant], "hyresgäst", AT_LEAST_ONE]
    dwelling: Annotated[Place, "hyresobjekt"]
    move_in_on: Annotated[IsoDate, "inflyttningsdatum"]
    contract_on: Annotated[IsoDate, "kontraktsdatum"]
    decision: Annotated[Decision | None, "biståndsbeslut"]
    orderer: Annotated[Orderer, "beställare"]
    confirmation: Annotated[Confirmation, "intygande"]
    help_text: Annotated[str | None, "hjälptext"]  # R-0-23
    template: Annotated[Template, "mall"]


# --- D-0-2 -----------------------------------------------------------------------------------------------------------
class Provider(TypedDict):
    name: Annotated[str, "namn"]
    address: Annotated[Address, "utförarens adress"]


class Term(TypedDict):
    from_on: Annotated[IsoDate, "första dag"]
    to_on: Annotated[IsoDate | None, "sista dag"]  # None: until further notice
    kind_label: Annotated[str, "slag av hyrestid"]  # "Tills vidare", "Bestämd tid"
    notice_text: Annotated[str, "uppsägningstid"]
    extension_text: Annotated[str | None, "förlängning"]


class RentPart(TypedDict):
    label: Annotated[str, "benämning"]
    amount: Annotated[Kronor, "belopp"]


class Rent(TypedDict):
    """Kronor a month. `parts` add up to `total`, or the contract is not printed."""

    total: Annotated[Kronor, "hyra per månad"]
    parts: Annotated[list[RentPart], "hyrans delar", AT_LEAST_ONE]
    due_text: Annotated[str, "när hyran ska betalas"]
    bankgiro: Annotated[str, "bankgiro"]
    ocr: Annotated[str | None, "OCR-nummer"]


class Electricity(TypedDict):
    included: Annotated[bool, "om el ingår"]
    company: Annotated[str | None, "elnätsbolag"]  # demanded where el is not included


class Appendix(TypedDict):
    letter: Annotated[str, "bilagans beteckning"]
    title: Annotated[str, "benämning"]


class Contract(TypedDict):
    """D-0-2, Andrahandskontrakt, or Hyreskontrakt where the municipality has no head lease (R-1-81).

    Needs a sheet. The last page is an empty Överenskommelse om avflyttning (R-0-20).
    """

    number: Annotated[str, "kontraktets nummer"]
    municipality: Annotated[Municipality, "kommunen"]
    form: Annotated[Form, "boendeform"]
    category: Annotated[Category | None, "kategori"]
    tenants: Annotated[list[Tenant], "hyresgäst", AT_LEAST_ONE]
    provider: Annotated[Provider | None, "utförare"]
    dwelling: Annotated[Dwelling, "hyresobjekt"]
    head_lease: Annotated[HeadLease | None, "förstahandsavtal"]
    use: Annotated[str, "ändamål"]
    decision: Annotated[Decision | None, "biståndsbeslut"]  # demanded where form.needs_decision
    term: Annotated[Term, "hyrestid"]
    move_in_on: Annotated[IsoDate, "inflyttningsdatum"]
    contract_on: Annotated[IsoDate, "kontraktsdatum"]
    rent: Annotated[Rent, "hyra"]
    electricity: Annotated[Electricity, "el"]
    security_of_tenure: Annotated[str, "besittningsskydd"]
    clauses: Annotated[list[Clause], "särskild bestämmelse"]
    appendices: Annotated[list[Appendix], "bilaga"]
    template: Annotated[Template, "mall"]
    signing: Annotated[Signing, "underskrift för kommunen"]


# --- D-0-3 and D-0-4 -------------------------------------------------------------------------------------------------
class CategoryAnnex(TypedDict):
    """D-0-3, Särskild bilaga för kategoriboende; the text follows `category.code` (R-0-14). Needs a sheet."""

    number: Annotated[str, "kontraktets nummer"]
    letter: Annotated[str, "bilagans beteckning"]
    municipality: Annotated[Municipality, "kommunen"]
    category: Annotated[Category, "kategori"]
    tenants: Annotated[list[Tenant], "hyresgäst", AT_LEAST_ONE]
    dwelling: Annotated[Place, "hyresobjekt"]
    contract_on: Annotated[IsoDate, "kontraktsdatum"]
    clauses: Annotated[list[Clause], "särskild bestämmelse"]  # the municipality's own additions, or empty
    template: Annotated[Template, "mall"]
    signing: Annotated[Signing, "underskrift för kommunen"]


class PowerCompany(TypedDict):
    name: Annotated[str, "namn"]
    address: Annotated[Address | None, "elnätsbolagets adress"]
    phone: Annotated[str | None, "telefon"]
    web: Annotated[str | None, "webbplats"]


class ElectricityAnnex(TypedDict):
    """D-0-4, Anmälan om inflyttning till elnätsbolaget (R-0-18); not signed, and names no care. Needs a sheet."""

    number: Annotated[str, "kontraktets nummer"]
    letter: Annotated[str, "bilagans beteckning"]
    municipality: Annotated[Municipality, "kommunen"]
    company: Annotated[PowerCompany, "elnätsbolag"]
    tenants: Annotated[list[Tenant], "hyresgäst", AT_LEAST_ONE]
    dwelling: Annotated[Place, "hyresobjekt"]
    installation_id: Annotated[str | None, "anläggnings-id"]  # 18 digits; a line to fill in where unknown
    move_in_on: Annotated[IsoDate, "inflyttningsdatum"]
    template: Annotated[Template, "mall"]


# --- D-0-6 -----------------------------------------------------------------------------------------------------------
class MoveOutAgreement(TypedDict):
    """D-0-6, Överenskommelse om avflyttning with its data filled in (R-0-19, R-0-20).

    Carries the code of the tenant's original, to which it belongs: give that sheet.
    """

    number: Annotated[str, "kontraktets nummer"]
    municipality: Annotated[Municipality, "kommunen"]
    tenants: Annotated[list[Tenant], "hyresgäst", AT_LEAST_ONE]
    dwelling: Annotated[Place, "hyresobjekt"]
    contract_on: Annotated[IsoDate, "kontraktsdatum"]
    estates: Annotated[list[str], "avlidna hyresgäster"]  # of the tenants, those whose death is recorded
    notice_on: Annotated[IsoDate | None, "uppsägningsdatum"]  # none where the term runs out by itself
    moved_out_on: Annotated[IsoDate, "utflyttningsdatum"]
    ended_on: Annotated[IsoDate, "avslutningsdatum"]
    reason_label: Annotated[str, "orsak"]
    template: Annotated[Template, "mall"]


# --- letters ---------------------------------------------------------------------------------------------------------
class Ground(TypedDict):
    text: Annotated[str, "skäl"]
    legal_basis: Annotated[str, "lagrum"]


class Option(TypedDict):
    """What the tenant may do, in plain words; `legal_basis` is printed under it in small type."""

    heading: Annotated[str, "rubrik"]
    text: Annotated[str, "text"]
    legal_basis: Annotated[str | None, "lagrum"]


class Termination(TypedDict):
    """D-4-7, Skriftlig uppsägning, or the confirmation of the tenant's own notice (R-4-17, R-4-20).

    `kind` landlord: `grounds` is demanded, and either `at_once` is true or `last_on` is given.
    `kind` tenant: `received_on` and `given_by` are demanded. One letter to each tenant or representative.
    """

    kind: Annotated[Literal["landlord", "tenant"], "vem som säger upp"]
    number: Annotated[str, "kontraktets nummer"]
    letter_on: Annotated[IsoDate, "brevets datum"]
    municipality: Annotated[Municipality, "kommunen"]
    contact: Annotated[Contact, "kontaktperson"]
    recipient: Annotated[Recipient, "mottagare"]
    tenant_names: Annotated[list[str], "hyresgästens namn", AT_LEAST_ONE]
    dwelling: Annotated[Place, "hyresobjekt"]
    contract_on: Annotated[IsoDate, "kontraktsdatum"]
    at_once: Annotated[bool, "om avtalet upphör genast"]
    last_on: Annotated[IsoDate | None, "sista dag"]
    vacate_text: Annotated[str, "när lägenheten ska vara utrymd"]
    grounds: Annotated[list[Ground], "skäl för uppsägningen"]
    received_on: Annotated[IsoDate | None, "dag då uppsägningen kom in"]
    given_by: Annotated[str | None, "vem som sagt upp"]  # "dig", "dödsboet", "Birgitta Nyberg, god man"
    options: Annotated[list[Option], "vad hyresgästen kan göra"]
    support_decision: Annotated[bool, "om det finns ett biståndsbeslut"]  # prints that it stands on its own (R-4-20)
    enclosures: Annotated[list[str], "bilaga"]
    template: Annotated[Template, "mall"]
    signing: Annotated[Signing, "underskrift för kommunen"]


class Enclosure(TypedDict):
    """A sheet in the envelope. `then` is where it ends up when signed."""

    code: Annotated[str, "bladets nummer"]
    title: Annotated[str, "benämning"]
    to_sign: Annotated[bool, "om bladet ska undertecknas"]
    then: Annotated[Literal["keep", "return", "company"], "vart bladet ska"]


class CoveringLetter(TypedDict):
    """D-0-5, Följebrev till utföraren (R-0-9, R-0-13, R-0-26). Has no field for the tenant, and names none."""

    number: Annotated[str, "kontraktets nummer"]
    contract_title: Annotated[str, "kontraktets rubrik"]  # "Andrahandskontrakt" or "Hyreskontrakt"
    designation: Annotated[str, "hyresobjektets beteckning"]
    letter_on: Annotated[IsoDate, "brevets datum"]
    municipality: Annotated[Municipality, "kommunen"]
    contact: Annotated[Contact, "kontaktperson"]
    recipient: Annotated[Recipient, "mottagare"]
    enclosures: Annotated[list[Enclosure], "innehåll i försändelsen", AT_LEAST_ONE]
    return_by_on: Annotated[IsoDate, "senaste dag för återsändande"]
    return_to: Annotated[ReturnAddress, "adress för återsändande"]
    template: Annotated[Template, "mall"]


class MissingSheet(TypedDict):
    code: Annotated[str, "bladets nummer"]
    title: Annotated[str, "benämning"]  # "Kommunens original"
    sent_on: Annotated[IsoDate, "dag då bladet skickades"]
    due_on: Annotated[IsoDate, "dag då bladet skulle vara åter"]


class Reminder(TypedDict):
    """D-0-7, Påminnelse: original saknas (R-0-17, R-0-21). Has no field for the tenant, and names none."""

    number: Annotated[str, "kontraktets nummer"]
    contract_title: Annotated[str, "kontraktets rubrik"]
    designation: Annotated[str, "hyresobjektets beteckning"]
    letter_on: Annotated[IsoDate, "brevets datum"]
    occurrence: Annotated[int, "påminnelsens nummer"]  # 1, 2, 3 …
    municipality: Annotated[Municipality, "kommunen"]
    contact: Annotated[Contact, "kontaktperson"]
    recipient: Annotated[Recipient, "mottagare"]
    missing: Annotated[list[MissingSheet], "blad som saknas", AT_LEAST_ONE]
    return_by_on: Annotated[IsoDate, "senaste dag för återsändande"]
    return_to: Annotated[ReturnAddress, "adress för återsändande"]
    template: Annotated[Template, "mall"]


class OwnerNotice(TypedDict):
    """Underrättelse till ägaren om upplåtelse i andra hand (JB 12:39 st. 3). Names neither tenant nor address."""

    number: Annotated[str, "kontraktets nummer"]
    designation: Annotated[str, "hyresobjektets beteckning"]
    property: Annotated[str, "fastighetsbeteckning"]
    apartment_number: Annotated[str | None, "lägenhetsnummer"]
    head_lease: Annotated[HeadLease, "förstahandsavtal"]
    from_on: Annotated[IsoDate, "upplåtelsens första dag"]
    to_on: Annotated[IsoDate | None, "upplåtelsens sista dag"]
    legal_basis: Annotated[str, "lagrum"]  # "12 kap. 39 § tredje stycket jordabalken"
    letter_on: Annotated[IsoDate, "brevets datum"]
    municipality: Annotated[Municipality, "kommunen"]
    contact: Annotated[Contact, "kontaktperson"]
    recipient: Annotated[Recipient, "mottagare"]
    template: Annotated[Template, "mall"]
    signing: Annotated[Signing, "underskrift för kommunen"]


# --- printing --------------------------------------------------------------------------------------------------------
Kind: TypeAlias = Literal[
    "order",
    "contract",
    "category_annex",
    "electricity_annex",
    "move_out_agreement",
    "termination",
    "covering_letter",
    "reminder",
    "owner_notice",
]


def _rent_that_does_not_add_up(data: Mapping[str, Any]) -> list[str]:
    rent = data["rent"]
    try:
        adds_up = sum(Decimal(part["amount"]) for part in rent["parts"]) == Decimal(rent["total"])
    except InvalidOperation:
        return []  # the template says which amount is none
    return [] if adds_up else ["hyresdelar som tillsammans blir hyran"]


PAPERS: dict[Kind, Paper] = {
    "order": Paper("order", "Beställning av andrahandskontrakt", Order),
    "contract": Paper(
        "contract", "Andrahandskontrakt", Contract, needs_sheet=True, also_lacks=_rent_that_does_not_add_up
    ),
    "category_annex": Paper("category_annex", "Bilaga om kategoriboende", CategoryAnnex, needs_sheet=True),
    "electricity_annex": Paper("electricity_annex", "Bilaga om el", ElectricityAnnex, needs_sheet=True),
    "move_out_agreement": Paper(
        "move_out_agreement", "Överenskommelse om avflyttning", MoveOutAgreement, needs_sheet=True
    ),
    "termination": Paper("termination", "Uppsägning av hyresavtal", Termination),
    "covering_letter": Paper("covering_letter", "Följebrev", CoveringLetter),
    "reminder": Paper("reminder", "Påminnelse om original", Reminder),
    "owner_notice": Paper("owner_notice", "Underrättelse till fastighetsägaren", OwnerNotice),
}
