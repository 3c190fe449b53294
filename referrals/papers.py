"""What stands in each paper of an assessment, a question of responsibility, a referral and an offer.

How a shape says what may be missing stands in `bostad/documents/shapes.py`. Statutes and times come with the data.

What another department reads has names and no numbers of persons (`names`), and an address is null wherever somebody of
the household is protected: `Home` then points the dwelling out by its designation alone.

No models here: this is the contract between those who freeze the data and `templates/pdf/`.
"""

from typing import Annotated, Literal, TypeAlias, TypedDict

from bostad.documents.papers import Paper
from bostad.documents.shapes import (
    AT_LEAST_ONE,
    Address,
    Contact,
    IsoDate,
    Kronor,
    Municipality,
    Signing,
    Template,
)


# --- parts that several papers share -----------------------------------------------------------------------------------
class Addressee(TypedDict):
    """Who gets a letter about a home. Many have no address, and a protected one's is never printed: it is handed over."""

    name: Annotated[str, "namn"]
    care_of: Annotated[str | None, "c/o"]
    address: Annotated[Address | None, "mottagarens adress"]


class Desk(TypedDict):
    """One end of what goes between departments: who answers there, if that is known."""

    department: Annotated[str, "förvaltning"]  # "Socialförvaltningen"
    name: Annotated[str | None, "namn"]
    title: Annotated[str | None, "befattning"]
    phone: Annotated[str, "telefon"]
    email: Annotated[str, "e-post"]


class Home(TypedDict):
    designation: Annotated[str, "objektsbeteckning"]
    address: Annotated[Address | None, "bostadens adress"]
    apartment_number: Annotated[str | None, "lägenhetsnummer"]
    size_label: Annotated[str, "storlek"]  # "2 rum och kök"
    area_m2: Annotated[str, "yta"]
    rent: Annotated[Kronor, "hyra per månad"]


class Row(TypedDict):
    label: Annotated[str, "benämning"]
    text: Annotated[str, "uppgift"]


class DecisionReference(TypedDict):
    number: Annotated[str, "beslutets nummer"]
    decided_on: Annotated[IsoDate, "beslutsdag"]


# --- D-1-3, D-1-4, D-1-9, D-1-10, D-1-17, D-4-3 ------------------------------------------------------------------------
class Applicant(TypedDict):
    name: Annotated[str, "namn"]
    personnummer: Annotated[str | None, "personnummer"]


class Support(TypedDict):
    code: Annotated[Literal["social", "trial", "training", "emergency"], "kod"]
    label: Annotated[str, "stöd"]  # "stöd till bostadsanskaffning", in lower case as in running text


class Criterion(TypedDict):
    """One of the guidelines' criteria and what the investigation has found of it."""

    heading: Annotated[str, "rubrik"]
    is_met: Annotated[bool, "om kriteriet är uppfyllt"]
    text: Annotated[str, "vad utredningen visar"]


class ReferralTerm(TypedDict):
    number: Annotated[str, "remissens nummer"]
    to_on: Annotated[IsoDate, "remissens sista dag"]


class Appeal(TypedDict):
    """How to appeal: in writing, to who decided (FL 40, 44)."""

    court: Annotated[str, "förvaltningsrätt"]
    time: Annotated[str, "tid för överklagande"]  # "tre veckor"
    legal_basis: Annotated[str, "lagrum för överklagande"]


class Decision(TypedDict):
    """Every decision about support, in the words of its `kind` (R-1-8 to R-1-17, R-1-32, R-1-35, R-1-37, R-1-52, R-4-14).

    `appeal` is demanded of a decision against the person, `referral` of one that extends or ends a referral, `home` and
    `interventions` of one about housing, `other_support` where another support is granted or was examined.
    """

    kind: Annotated[Literal["grant", "other", "refusal", "extension", "cessation", "housing"], "beslutets slag"]
    number: Annotated[str, "beslutets nummer"]
    case_number: Annotated[str, "ärendets nummer"]
    letter_on: Annotated[IsoDate, "beslutsdag"]
    municipality: Annotated[Municipality, "kommunen"]
    contact: Annotated[Contact, "handläggare"]
    recipient: Annotated[Addressee, "mottagare"]
    applicants: Annotated[list[Applicant], "sökande", AT_LEAST_ONE]
    support: Annotated[Support, "vad ansökan gäller"]
    applied_on: Annotated[IsoDate, "ansökningsdag"]
    motivation: Annotated[str, "motivering"]
    criteria: Annotated[list[Criterion], "kriterium"]  # where an application is decided
    others_not_met: Annotated[list[Criterion], "annat krav som inte är uppfyllt"]  # beside those three
    assessment: Annotated[str | None, "individuell bedömning"]
    childs_best: Annotated[str | None, "barnets bästa"]
    other_support: Annotated[str | None, "annat stöd"]
    interventions: Annotated[list[str], "insats"]
    referral: Annotated[ReferralTerm | None, "remiss"]
    home: Annotated[Home | None, "bostad"]
    law: Annotated[str, "lagrum"]
    guidelines: Annotated[str, "riktlinjernas lydelse"]
    appeal: Annotated[Appeal | None, "hur beslutet överklagas"]
    signing: Annotated[Signing, "beslutsfattare"]
    template: Annotated[Template, "mall"]


# --- D-1-1 and D-1-2 ---------------------------------------------------------------------------------------------------
class GivenConsent(TypedDict):
    name: Annotated[str, "namn"]
    given_on: Annotated[IsoDate, "dag för samtycket"]
    form_label: Annotated[str, "samtyckets form"]  # "skriftligt"


class DialogueConsent(TypedDict):
    """D-1-1, Samtycke till dialog mellan förvaltningar (R-1-24)."""

    number: Annotated[str, "ansvarsfrågans nummer"]
    asked_on: Annotated[IsoDate, "dag då frågan ställdes"]
    municipality: Annotated[Municipality, "kommunen"]
    sender: Annotated[Desk, "avsändare"]
    consents: Annotated[list[GivenConsent], "samtycke", AT_LEAST_ONE]
    departments: Annotated[list[str], "tillfrågad förvaltning", AT_LEAST_ONE]
    question: Annotated[str, "frågan"]
    template: Annotated[Template, "mall"]


class Stance(TypedDict):
    department: Annotated[str, "förvaltning"]
    position: Annotated[str, "ståndpunkt"]  # "Vi ansvarar inte"
    reason: Annotated[str, "skäl"]
    answered_on: Annotated[IsoDate, "svarsdag"]


class GroupMaterial(TypedDict):
    """D-1-2, Underlag till samarbetsgruppen (R-1-25): all that the asked departments read."""

    number: Annotated[str, "ansvarsfrågans nummer"]
    asked_on: Annotated[IsoDate, "dag då frågan ställdes"]
    lifted_on: Annotated[IsoDate, "dag då frågan lyftes"]
    municipality: Annotated[Municipality, "kommunen"]
    sender: Annotated[Desk, "avsändare"]
    names: Annotated[list[str], "den som frågan gäller", AT_LEAST_ONE]
    consented_on: Annotated[IsoDate, "dag för samtycket"]
    question: Annotated[str, "frågan"]
    stances: Annotated[list[Stance], "svar", AT_LEAST_ONE]
    guidelines: Annotated[str, "riktlinjernas lydelse"]
    template: Annotated[Template, "mall"]


# --- D-1-5 -------------------------------------------------------------------------------------------------------------
class OneOfferInformation(TypedDict):
    """D-1-5, Information om att bara ett boende erbjuds (R-1-29)."""

    number: Annotated[str, "remissens nummer"]
    letter_on: Annotated[IsoDate, "brevets datum"]
    municipality: Annotated[Municipality, "kommunen"]
    contact: Annotated[Contact, "handläggare"]
    recipient: Annotated[Addressee, "mottagare"]
    names: Annotated[list[str], "den som informeras", AT_LEAST_ONE]
    informed_on: Annotated[IsoDate, "dag för informationen"]
    informed_how: Annotated[str, "hur informationen lämnades"]
    form_label: Annotated[str, "form"]  # "kommunalt kontrakt"
    template: Annotated[Template, "mall"]


# --- D-1-6 and D-1-7 ---------------------------------------------------------------------------------------------------
class Section(TypedDict):
    heading: Annotated[str, "rubrik"]
    rows: Annotated[list[Row], "uppgifter i avsnittet", AT_LEAST_ONE]


class Approval(TypedDict):
    name: Annotated[str, "namn"]
    by: Annotated[str | None, "företrädare"]  # "Birgitta Nyberg, god man"
    signed_on: Annotated[IsoDate, "dag för underskriften"]


class ManagerSignature(TypedDict):
    name: Annotated[str, "namn"]
    title: Annotated[str, "befattning"]
    signed_on: Annotated[IsoDate, "dag för underskriften"]


class DebtDialogue(TypedDict):
    held_on: Annotated[IsoDate, "dag för dialogen"]
    with_whom: Annotated[str, "med vem dialogen fördes"]


class Referral(TypedDict):
    """D-1-6 and D-1-7, Remiss till fastighetsförvaltningen, as it was signed (R-1-30, R-1-31, R-1-38 to R-1-47, R-1-86).

    `sections` are the whole content of the version: what was approved is what is printed.
    """

    number: Annotated[str, "remissens nummer"]
    version: Annotated[int, "lydelse"]
    purpose_label: Annotated[str, "varför lydelsen skrevs"]
    signed_on: Annotated[IsoDate, "dag för undertecknandet"]
    municipality: Annotated[Municipality, "kommunen"]
    sender: Annotated[Desk, "avsändare"]
    receiver: Annotated[Desk, "mottagare"]
    form_label: Annotated[str, "form"]
    names: Annotated[list[str], "den som remissen gäller", AT_LEAST_ONE]
    replaces: Annotated[str | None, "remiss som ersätts"]
    debt_dialogue: Annotated[DebtDialogue | None, "dialog om skulder"]
    sections: Annotated[list[Section], "avsnitt", AT_LEAST_ONE]
    approvals: Annotated[list[Approval], "godkännande", AT_LEAST_ONE]
    content_hash: Annotated[str, "kontrollsumma"]  # short form
    manager: Annotated[ManagerSignature, "chefens underskrift"]
    template: Annotated[Template, "mall"]


class ReferralToSign(TypedDict):
    """The same content before it is approved, for who signs on paper (R-1-30)."""

    number: Annotated[str, "remissens nummer"]
    version: Annotated[int, "lydelse"]
    printed_on: Annotated[IsoDate, "utskriftsdag"]
    municipality: Annotated[Municipality, "kommunen"]
    sender: Annotated[Desk, "avsändare"]
    receiver: Annotated[Desk, "mottagare"]
    form_label: Annotated[str, "form"]
    names: Annotated[list[str], "den som remissen gäller", AT_LEAST_ONE]
    replaces: Annotated[str | None, "remiss som ersätts"]
    debt_dialogue: Annotated[DebtDialogue | None, "dialog om skulder"]
    sections: Annotated[list[Section], "avsnitt", AT_LEAST_ONE]
    content_hash: Annotated[str, "kontrollsumma"]  # short form
    signers: Annotated[list[str], "den som undertecknar", AT_LEAST_ONE]
    template: Annotated[Template, "mall"]


# --- D-1-8 and D-1-11 --------------------------------------------------------------------------------------------------
class CompletionRequest(TypedDict):
    """D-1-8, Begäran om komplettering av remiss (R-1-33)."""

    number: Annotated[str, "remissens nummer"]
    version: Annotated[int, "lydelse"]
    asked_on: Annotated[IsoDate, "dag för begäran"]
    municipality: Annotated[Municipality, "kommunen"]
    sender: Annotated[Desk, "avsändare"]
    receiver: Annotated[Desk, "mottagare"]
    names: Annotated[list[str], "den som remissen gäller", AT_LEAST_ONE]
    points: Annotated[list[Row], "avsnitt att komplettera", AT_LEAST_ONE]
    template: Annotated[Template, "mall"]


class CessationNotice(TypedDict):
    """D-1-11, Information till FF om att remissen upphör (R-1-37). Has no field for a reason, and gives none."""

    number: Annotated[str, "remissens nummer"]
    ended_on: Annotated[IsoDate, "dag då remissen upphör"]
    municipality: Annotated[Municipality, "kommunen"]
    sender: Annotated[Desk, "avsändare"]
    receiver: Annotated[Desk, "mottagare"]
    names: Annotated[list[str], "den som remissen gäller", AT_LEAST_ONE]
    decision: Annotated[DecisionReference | None, "beslut"]  # none where the referral is taken back
    template: Annotated[Template, "mall"]


# --- D-1-12 to D-1-14 --------------------------------------------------------------------------------------------------
class OfferedHome(Home):
    tenure_label: Annotated[str, "upplåtelseform"]
    district: Annotated[str | None, "område"]
    has_lift: Annotated[bool, "om det finns hiss"]
    is_wheelchair_accessible: Annotated[bool, "om bostaden är anpassad för rullstol"]


class Offer(TypedDict):
    """D-1-12, Erbjudande om bostad, to the department and never to the person (R-1-48)."""

    number: Annotated[str, "remissens nummer"]
    offered_on: Annotated[IsoDate, "dag för erbjudandet"]
    municipality: Annotated[Municipality, "kommunen"]
    sender: Annotated[Desk, "avsändare"]
    receiver: Annotated[Desk, "mottagare"]
    names: Annotated[list[str], "den som remissen gäller", AT_LEAST_ONE]
    form_label: Annotated[str, "form"]
    home: Annotated[OfferedHome, "bostad"]
    free_from_on: Annotated[IsoDate, "dag då bostaden är ledig"]
    answer_by_on: Annotated[IsoDate, "sista dag för svar"]
    misfits: Annotated[list[str], "vad i remissen som inte är uppfyllt"]
    despite: Annotated[str | None, "varför bostaden erbjuds trots det som inte passar"]
    template: Annotated[Template, "mall"]


class OfferAnswer(TypedDict):
    """D-1-13, Svar på erbjudande (R-1-50). `reason_label` is demanded of a no."""

    number: Annotated[str, "remissens nummer"]
    answered_on: Annotated[IsoDate, "svarsdag"]
    offered_on: Annotated[IsoDate, "dag för erbjudandet"]
    municipality: Annotated[Municipality, "kommunen"]
    sender: Annotated[Desk, "avsändare"]
    receiver: Annotated[Desk, "mottagare"]
    names: Annotated[list[str], "den som remissen gäller", AT_LEAST_ONE]
    home: Annotated[Home, "bostad"]
    is_suitable: Annotated[bool, "om bostaden passar"]
    reason_label: Annotated[str | None, "skäl"]
    note: Annotated[str | None, "kommentar"]
    template: Annotated[Template, "mall"]


class Meeting(TypedDict):
    on: Annotated[IsoDate, "dag"]
    time: Annotated[str, "klockslag"]  # "10.00"


class LeaseDesk(TypedDict):
    """Whom the person may ask about the home and its lease."""

    name: Annotated[str | None, "namn"]
    department: Annotated[str, "förvaltning"]
    phone: Annotated[str, "telefon"]


class ClientInformation(TypedDict):
    """D-1-14, Information till den enskilde om bostaden, visning och kontraktskrivning (R-1-49).

    Either `viewing` or `viewing_waived`, the reason why there is none.
    """

    number: Annotated[str, "remissens nummer"]
    letter_on: Annotated[IsoDate, "brevets datum"]
    municipality: Annotated[Municipality, "kommunen"]
    contact: Annotated[Contact, "handläggare"]
    recipient: Annotated[Addressee, "mottagare"]
    names: Annotated[list[str], "den som erbjuds bostaden", AT_LEAST_ONE]
    home: Annotated[Home, "bostad"]
    free_from_on: Annotated[IsoDate, "dag då bostaden är ledig"]
    viewing: Annotated[Meeting | None, "visning"]
    viewing_waived: Annotated[str | None, "varför ingen visning bokas"]
    lease_signing: Annotated[Meeting, "kontraktskrivning"]
    lease_with: Annotated[str, "vem kontraktet skrivs med"]  # "fastighetsförvaltningen"
    lease_place: Annotated[Address | None, "plats för kontraktskrivningen"]  # none where the owner says it
    replaces_letter_on: Annotated[IsoDate | None, "datum för brevet som ersätts"]
    lease_desk: Annotated[LeaseDesk, "kontakt hos fastighetsförvaltningen"]
    template: Annotated[Template, "mall"]


# --- printing ----------------------------------------------------------------------------------------------------------
Kind: TypeAlias = Literal[
    "decision",
    "dialogue_consent",
    "group_material",
    "one_offer_information",
    "referral",
    "referral_to_sign",
    "completion_request",
    "cessation_notice",
    "offer",
    "offer_answer",
    "client_information",
]

PAPERS: dict[Kind, Paper] = {
    "decision": Paper("decision", "Beslut om stöd till boende", Decision),
    "dialogue_consent": Paper("dialogue_consent", "Samtycke till dialog mellan förvaltningar", DialogueConsent),
    "group_material": Paper("group_material", "Underlag till samarbetsgruppen", GroupMaterial),
    "one_offer_information": Paper(
        "one_offer_information", "Information: bara ett boende erbjuds", OneOfferInformation, last_holds=True
    ),
    "referral": Paper("referral", "Remiss till fastighetsförvaltningen", Referral),
    "referral_to_sign": Paper("referral_to_sign", "Remiss för underskrift", ReferralToSign),
    "completion_request": Paper("completion_request", "Begäran om komplettering av remiss", CompletionRequest),
    "cessation_notice": Paper("cessation_notice", "Besked om att remissen upphör", CessationNotice),
    "offer": Paper("offer", "Erbjudande om bostad", Offer),
    "offer_answer": Paper("offer_answer", "Svar på erbjudande", OfferAnswer),
    "client_information": Paper(
        "client_information", "Information om bostad, visning och kontrakt", ClientInformation, last_holds=True
    ),
}
