"""The municipality's wording. Written by one and approved by another; the clauses are what the boards add to the law.

Nothing here may take from the tenant what JB 12 gives (12:1): a clause that says that the lease ends with the grant
would have no effect.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bostad.documents.models import TextTemplate
from bostad.documents.services import renewed
from bostad.organisation.models import Organisation, Staff

Clauses = tuple[tuple[str, str], ...]

SMOKING = ("Rökning", "Rökning är inte tillåten i lägenheten, på balkongen eller i gemensamma utrymmen inomhus.")
ALARM = (
    "Brand och larm",
    "Lägenheten har brandvarnare och i vissa fall sprinkler. Hyresgästen får inte täcka över eller koppla ur dem. "
    "Tända ljus ska hållas under uppsikt.",
)
AIDS = (
    "Hjälpmedel",
    "Lägenheten kan behöva anpassas med hjälpmedel. Kommunen monterar dem, svarar för dem och tar ner dem utan kostnad "
    "för hyresgästen.",
)
OWN_HOME = (
    "Hyresgästens hem",
    "Hyresgästen möblerar lägenheten själv, utom vårdsängen. Personalen ringer på och kommer in när hyresgästen har "
    "svarat, eller enligt det som har kommits överens om i genomförandeplanen.",
)
SHARED = (
    "Gemensamma utrymmen",
    "Kök, matsal och vardagsrum på avdelningen delas med grannarna. De hör till hyran men inte till lägenheten.",
)
VISITS = (
    "Hembesök",
    "Kommunen besöker hyresgästen i lägenheten efter överenskommelse, för att följa upp stödet och boendet. Att besök "
    "inte kan genomföras påverkar biståndet men är inte i sig skäl att säga upp hyresavtalet.",
)
INSURED = (
    "Hemförsäkring",
    "Hyresgästen tecknar hemförsäkring senast på inflyttningsdagen och visar försäkringsbrevet för kommunen på begäran.",
)
PETS = ("Husdjur", "Husdjur får finnas i lägenheten om det inte stör eller skadar grannarna.")
STAIRS = (
    "Trapphus och förråd",
    "Trapphus och källargångar är utrymningsvägar. Där får ingenting ställas. Saker förvaras i det förråd som hör till "
    "lägenheten.",
)
TAKING_OVER = (
    "Att ta över kontraktet",
    "Försökslägenheten är ett steg mot en egen bostad. När boendet har fungerat och fastighetsägaren samtycker kan "
    "hyresgästen ta över förstahandskontraktet. Ett övertagande är ingen rätt enligt detta avtal.",
)
TRAINING = (
    "Stöd i lägenheten",
    "Hyresgästen har stöd enligt sitt biståndsbeslut och en plan för boendet. Lägenheten är avsedd för tiden med stöd, "
    "och hyresavtalet förs normalt inte över på hyresgästen.",
)
FURNISHED = (
    "Möblerad lägenhet",
    "Lägenheten är möblerad enligt inventarielistan. Hyresgästen vårdar möblerna och svarar för det som skadas genom "
    "vårdslöshet.",
)
SHORT = (
    "En kort tid",
    "Jourlägenheten löser en akut situation. Kommunen och hyresgästen planerar tillsammans för nästa bostad under hela "
    "hyrestiden.",
)
MUNICIPAL_LEASE = (
    "Kommunalt kontrakt",
    "Lägenheten är en genomgångsbostad. Kommunen följer upp boendet varje kvartal och prövar efter tolv månader om "
    "hyresgästen kan få ett eget kontrakt.",
)
RENT_DEBT = (
    "Om hyran är sen",
    "Kommunen kontaktar hyresgästen så snart en hyra är sen och erbjuder budget- och skuldrådgivning.",
)


@dataclass(frozen=True)
class Wording:
    kind: str
    name: str
    owner: str  # code of the organisation
    versions: tuple[Clauses, ...]  # the oldest first


VOF = ("helena.ekstrom", "eva.sandell")
WRITERS = {"VOF": VOF, "FF": ("stefan.ohlin", "margareta.hellstrom"), "SOF": ("malin.dahl", "kent.lofgren")}
WORDINGS = (
    Wording(
        "contract_sheltered",
        "Kontrakt, biståndsbedömt trygghetsboende",
        "VOF",
        ((SMOKING, PETS), (SMOKING, ALARM, PETS, STAIRS, INSURED)),
    ),
    Wording(
        "contract_care_somatic",
        "Kontrakt, vårdbostad somatik",
        "VOF",
        ((SMOKING, AIDS), (SMOKING, AIDS, ALARM, OWN_HOME)),
    ),
    Wording(
        "contract_care_dementia",
        "Kontrakt, vårdbostad demens",
        "VOF",
        ((SMOKING, AIDS), (SMOKING, AIDS, ALARM), (SMOKING, AIDS, ALARM, OWN_HOME, SHARED)),
    ),
    Wording(
        "contract_municipal",
        "Kommunalt kontrakt",
        "FF",
        ((MUNICIPAL_LEASE, VISITS), (MUNICIPAL_LEASE, VISITS, RENT_DEBT, INSURED, SMOKING, STAIRS)),
    ),
    Wording("contract_trial", "Kontrakt, försökslägenhet", "SOF", ((TAKING_OVER, VISITS, RENT_DEBT, INSURED, STAIRS),)),
    Wording(
        "contract_training", "Kontrakt, träningslägenhet", "SOF", ((TRAINING, VISITS, RENT_DEBT, INSURED, STAIRS),)
    ),
    Wording("contract_emergency", "Kontrakt, jourlägenhet", "SOF", ((SHORT, FURNISHED, VISITS, SMOKING),)),
    Wording("order", "Beställning av andrahandskontrakt", "VOF", ((), ())),
    Wording("covering_letter", "Följebrev till utförare", "VOF", ((), ())),
    Wording("category_annex", "Bilaga om kategoriboende", "VOF", ((),)),
    Wording("electricity_annex", "Bilaga om el", "VOF", ((),)),
    Wording("reminder", "Påminnelse om original", "VOF", ((),)),
    Wording("owner_notice", "Underrättelse till fastighetsägare", "VOF", ((),)),
    Wording("move_out_agreement", "Överenskommelse om avflyttning", "VOF", ((),)),
    Wording("termination", "Uppsägning och bekräftelse", "VOF", ((),)),
    Wording("decision", "Biståndsbeslut, boende", "SOF", ((), ())),
    Wording("dialogue_consent", "Samtycke till dialog", "SOF", ((),)),
    Wording("group_material", "Underlag till samarbetsgruppen", "SOF", ((),)),
    Wording("one_offer_information", "Information om ett enda erbjudande", "SOF", ((),)),
    Wording("referral", "Remiss", "SOF", ((), ())),
    Wording("referral_to_sign", "Remiss för underskrift", "SOF", ((),)),
    Wording("completion_request", "Begäran om komplettering", "FF", ((),)),
    Wording("cessation_notice", "Besked om att remissen upphör", "SOF", ((),)),
    Wording("offer", "Erbjudande om bostad", "FF", ((),)),
    Wording("offer_answer", "Svar på erbjudande", "SOF", ((),)),
    Wording("client_information", "Information om bostad och visning", "SOF", ((),)),
)
DRAFT = Wording(
    "contract_care_dementia",
    "Kontrakt, vårdbostad demens",
    "VOF",
    ((SMOKING, AIDS, ALARM, OWN_HOME, SHARED, INSURED),),
)


def make(organisations: dict[str, Organisation], staff: dict[str, Staff], today: date) -> None:
    """Every version approved on its day, and one that still waits for approval."""
    _approve(WORDINGS, organisations, staff, today)
    latest = next(len(wording.versions) for wording in WORDINGS if wording.kind == DRAFT.kind)
    TextTemplate.objects.create(
        **_row(DRAFT, latest + 1, DRAFT.versions[0], organisations, staff), valid_from=date(today.year + 1, 1, 1)
    )


def add(organisations: dict[str, Organisation], staff: dict[str, Staff], today: date) -> None:
    """The kinds that kept demo data lack: a newer bostad prints them."""
    known = set(TextTemplate.objects.values_list("kind", flat=True))
    _approve([wording for wording in WORDINGS if wording.kind not in known], organisations, staff, today)


def _approve(
    wordings: Sequence[Wording], organisations: dict[str, Organisation], staff: dict[str, Staff], today: date
) -> None:
    for wording in wordings:
        for version, clauses in enumerate(wording.versions, start=1):
            years_ago = 1 + len(wording.versions) - version
            valid_from = date(today.year - (years_ago if version > 1 else 4), 1, 1)
            TextTemplate.objects.create(
                **_row(wording, version, clauses, organisations, staff),
                approved_by=staff[WRITERS[wording.owner][1]],
                approved_on=date(valid_from.year - 1, 12, 12),
                valid_from=valid_from,
            )


def renew(today: date) -> None:
    """Kept demo data meet a newer bostad: what prints with other text than was approved gets a new, approved version."""
    for kind in {wording.kind for wording in WORDINGS}:
        approved = TextTemplate.objects.in_force(kind, today).first()
        if approved and not approved.is_current:
            draft = renewed(approved, written_by=approved.written_by, valid_from=today)
            draft.approved_by, draft.approved_on = approved.approved_by, today
            draft.save()


def _row(
    wording: Wording,
    version: int,
    clauses: Clauses,
    organisations: dict[str, Organisation],
    staff: dict[str, Staff],
) -> dict[str, object]:
    return {
        "kind": wording.kind,
        "version": version,
        "name": wording.name,
        "clauses": [{"heading": heading, "text": text} for heading, text in clauses],
        "owner": organisations[wording.owner],
        "written_by": staff[WRITERS[wording.owner][0]],
    }
