"""What stands in each printed document of assessments, referrals and offers: the shape of its frozen data (D-1-1 to D-1-14).

The fixed words are in `templates/pdf/`; statutes, courts and guidelines come with the data, since they are dated.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, TypedDict

from bostad.documents import pdf
from bostad.documents.pdf import MissingData, RenderedPdf, Sheet
from bostad.documents.printing import Printer
from bostad.documents.shapes import AT_LEAST_ONE, Contact, IsoDate, Municipality, Signing, Template, gaps, names


class Line(TypedDict):
    label: Annotated[str, "rubrik"]
    value: Annotated[str, "uppgift"]


class Part(TypedDict):
    """A heading with lines, a running text, or both."""

    heading: Annotated[str, "rubrik"]
    lines: Annotated[list[Line], "uppgifter"]
    text: Annotated[str | None, "text"]


class CasePaper(TypedDict):
    """What all have: number, day, who sends and answers, whom it concerns, and its parts."""

    number: Annotated[str, "ärendets nummer"]
    on: Annotated[IsoDate, "dag"]
    municipality: Annotated[Municipality, "kommunen"]
    contact: Annotated[Contact, "kontaktperson"]
    about: Annotated[list[Line], "vad handlingen gäller", AT_LEAST_ONE]
    parts: Annotated[list[Part], "innehåll"]
    template: Annotated[Template, "mall"]


class Appeal(TypedDict):
    """How a decision against the person is appealed (FL 33, 40, 44)."""

    court: Annotated[str, "förvaltningsrätt"]
    weeks: Annotated[int, "överklagandetid i veckor"]


class Decision(CasePaper):
    heading: Annotated[str, "beslutets rubrik"]
    decision_number: Annotated[str, "beslutets nummer"]
    law: Annotated[str, "lagrum"]
    guidelines: Annotated[str, "riktlinjer"]
    signing: Annotated[Signing, "beslutsfattare"]
    appeal: Annotated[Appeal | None, "överklagandehänvisning"]


class Signed(TypedDict):
    name: Annotated[str, "namn"]
    capacity: Annotated[str, "i vilken egenskap"]
    signed_on: Annotated[IsoDate, "dag"]


class Referral(CasePaper):
    form: Annotated[str, "form"]
    version: Annotated[int, "lydelse"]
    checksum: Annotated[str, "kontrollsumma"]
    signed: Annotated[list[Signed], "underskrifter", AT_LEAST_ONE]
    manager: Annotated[Signed, "chefens underskrift"]


class Consent(CasePaper):
    given: Annotated[list[Signed], "den som samtycker", AT_LEAST_ONE]


Kind: TypeAlias = Literal[
    "support_decision", "dialogue_consent", "group_material", "one_offer_information", "referral_form",
    "completion_request", "cessation_notice", "housing_offer", "offer_answer", "client_information",
]  # fmt: skip


class Paper(NamedTuple):
    """`open_to_others`: what another organisation that the case is shared with may read. All else stays at home."""

    title: str
    data: type
    open_to_others: bool = False


PAPERS: dict[Kind, Paper] = {
    "support_decision": Paper("Beslut", Decision),
    "dialogue_consent": Paper("Samtycke till dialog mellan förvaltningar", Consent),
    "group_material": Paper("Underlag till samarbetsgruppen", CasePaper, open_to_others=True),
    "one_offer_information": Paper("Information: ett boendealternativ erbjuds", CasePaper),
    "referral_form": Paper("Remiss till fastighetsförvaltningen", Referral, open_to_others=True),
    "completion_request": Paper("Begäran om komplettering av remiss", CasePaper, open_to_others=True),
    "cessation_notice": Paper("Information: remissen upphör att gälla", CasePaper, open_to_others=True),
    "housing_offer": Paper("Erbjudande om lägenhet", CasePaper, open_to_others=True),
    "offer_answer": Paper("Svar på erbjudande", CasePaper, open_to_others=True),
    "client_information": Paper("Information om bostaden, visning och kontraktskrivning", CasePaper),
}


def lacking(kind: Kind, data: Mapping[str, Any]) -> list[str]:
    """What must still be filled in before the document can be printed, in Swedish."""
    described = names(PAPERS[kind].data)
    return list(dict.fromkeys(described[path] for path in gaps(PAPERS[kind].data, data, "")))


def check(kind: Kind, data: Mapping[str, Any], sheet: Sheet | None = None) -> None:
    """Raises `MissingData` with the Swedish names of what the data lack."""
    if missing := lacking(kind, data):
        raise MissingData(missing)
    pdf.fill(kind, {**data, "sheet": sheet}, names(PAPERS[kind].data))


def typeset(kind: Kind, data: Mapping[str, Any], sheet: Sheet | None = None) -> RenderedPdf:
    check(kind, data, sheet)
    return pdf.render(kind, data, sheet=sheet, names=names(PAPERS[kind].data))


def printer(kind: Kind) -> Printer:
    """How `documents` prints this kind: a cheap look for gaps at once, the press in the worker."""
    paper = PAPERS[kind]
    return Printer(
        paper.title,
        lambda data, sheet: check(kind, data, sheet),
        lambda data, sheet: typeset(kind, data, sheet),
        open_to_others=paper.open_to_others,
    )
