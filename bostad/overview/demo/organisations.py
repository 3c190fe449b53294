"""Ekstads kommun: its departments with units, the care providers, the landlords, and what the boards have decided.

All numbers, addresses and telephones are invented; 0999 is nobody's area code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bostad import identifiers
from bostad.organisation.models import Organisation, OrganisationKind, Setting, Unit


@dataclass(frozen=True)
class Office:
    """An organisation with its units, in the order in which they are shown. One of them may take in orders."""

    code: str
    name: str
    street: str
    phone: str
    units: tuple[str, ...]
    queue: str = ""
    board: str = ""
    number: str = "212099001"  # the nine digits before the check digit; the municipality is one legal person
    is_private: bool = False
    kind: OrganisationKind = OrganisationKind.DEPARTMENT
    postal_code: str = "59099"
    mail: str = ""


OFFICES = (
    Office(
        "VOF",
        "Vård- och omsorgsförvaltningen",
        "Stortorget 1",
        "0999-10 04 00",
        ("Debiteringen", "Myndighet", "Biståndsenheten"),
        queue="Debiteringen",
        board="Vård- och omsorgsnämnden",
    ),
    Office(
        "SOF",
        "Socialförvaltningen",
        "Kyrkogatan 8",
        "0999-10 06 00",
        ("Bosociala enheten", "Vuxenenheten", "Barn och familj", "Mottagning"),
        queue="Bosociala enheten",
        board="Socialnämnden",
    ),
    Office(
        "AMF",
        "Arbetsmarknadsförvaltningen",
        "Kyrkogatan 10",
        "0999-10 07 00",
        ("Boendeenheten", "Ekonomiskt bistånd"),
        board="Arbetsmarknadsnämnden",
    ),
    Office(
        "FF",
        "Fastighetsförvaltningen",
        "Hamngatan 2",
        "0999-10 08 00",
        ("Uthyrning", "Förvaltning"),
        queue="Uthyrning",
        board="Fastighetsnämnden",
    ),
    Office(
        "Tallbacken",
        "Tallbacken, vårdboende i egen regi",
        "Tallvägen 10",
        "0999-20 10 00",
        ("Tallbacken",),
        kind=OrganisationKind.PROVIDER,
        postal_code="59098",
    ),
    Office(
        "Solgläntan",
        "Solgläntan, trygghetsboende i egen regi",
        "Solvägen 22",
        "0999-20 20 00",
        ("Solgläntan",),
        kind=OrganisationKind.PROVIDER,
        postal_code="59097",
    ),
    Office(
        "Rönngården",
        "Rönngården Omsorg AB",
        "Rönnvägen 3",
        "0999-20 30 00",
        ("Rönngården",),
        kind=OrganisationKind.PROVIDER,
        number="559999014",
        is_private=True,
    ),
    Office(
        "Ekstadshem",
        "AB Ekstadshem",
        "Fabriksgatan 1",
        "0999-30 10 00",
        ("Uthyrningen",),
        kind=OrganisationKind.LANDLORD,
        number="559999022",
    ),
    Office(
        "Lindens",
        "Lindens Fastigheter AB",
        "Lindgatan 40",
        "0999-30 20 00",
        ("Uthyrningen",),
        kind=OrganisationKind.LANDLORD,
        number="559999030",
        is_private=True,
        postal_code="59097",
    ),
    Office(
        "Ekbacken",
        "Bostadsrättsföreningen Ekbacken",
        "Ekbacken 22",
        "0999-30 30 00",
        ("Styrelsen",),
        kind=OrganisationKind.LANDLORD,
        number="769999048",
        is_private=True,
        postal_code="59096",
    ),
)


@dataclass(frozen=True)
class Decided:
    """A value of a setting, from a day until the next one; for one department, or for the whole municipality."""

    key: str
    value: Any
    from_on: date
    by: str
    to_on: date | None = None
    code: str = ""


DECISIONS = (
    Decided(
        "contracts.electricity_company",
        "Ekstads Elverk",
        date(2015, 1, 1),
        "Kommunstyrelsen § 140/2014",
        date(2024, 12, 31),
    ),
    Decided("contracts.electricity_company", "Ekstads Energi", date(2025, 1, 1), "Kommunstyrelsen § 212/2024"),
    Decided("contracts.help_contact", "Användarstöd, telefon 0999-10 05 00", date(2020, 1, 1), "Kommunstyrelsen"),
    Decided(
        "contracts.billing_manual",
        "https://intranat.ekstad.example/manual-debitering",
        date(2023, 3, 1),
        "Vård- och omsorgsförvaltningen",
        code="VOF",
    ),
    Decided(
        "contracts.return_days",
        28,
        date(2021, 1, 1),
        "Vård- och omsorgsnämnden § 31/2020",
        date(2025, 6, 30),
        code="VOF",
    ),
    Decided("contracts.return_days", 21, date(2025, 7, 1), "Vård- och omsorgsnämnden § 58/2025", code="VOF"),
    Decided("contracts.bankgiro", "9900-0010", date(2020, 1, 1), "Kommunstyrelsen § 12/2019"),
    Decided("referrals.target_groups", ["economic"], date(2024, 7, 1), "Kommunstyrelsen § 98/2024", code="AMF"),
    Decided(
        "referrals.target_groups",
        ["family_known", "returning", "young_placed", "young_ready", "young_care", "addiction", "psychosocial"],
        date(2024, 7, 1),
        "Kommunstyrelsen § 98/2024",
        code="SOF",
    ),
    Decided("referrals.target_groups", ["disability"], date(2024, 7, 1), "Kommunstyrelsen § 98/2024", code="VOF"),
    Decided("referrals.support_forms", ["secretary", "budget"], date(2024, 7, 1), "Arbetsmarknadsnämnden", code="AMF"),
    Decided(
        "referrals.support_forms",
        ["housing_support", "treatment", "family"],
        date(2024, 7, 1),
        "Socialnämnden",
        code="SOF",
    ),
    Decided(
        "referrals.support_forms",
        ["home_care", "home_service", "alarm"],
        date(2024, 7, 1),
        "Vård- och omsorgsnämnden",
        code="VOF",
    ),
    Decided("referrals.court", "Förvaltningsrätten i Ekstad", date(2024, 7, 1), "Kommunstyrelsen § 98/2024"),
    Decided("contracts.property_keep_months", 4, date(2024, 1, 1), "Socialnämnden § 102/2023", code="SOF"),
)


def make() -> dict[str, Organisation]:
    """The organisations by their code."""
    made = {office.code: _make(office) for office in OFFICES}
    _decide(DECISIONS, made)
    return made


def known() -> dict[str, Organisation]:
    """Those of kept demo data, by their code."""
    return {organisation.code: organisation for organisation in Organisation.objects.exclude(code="")}


def add(organisations: dict[str, Organisation]) -> None:
    """The settings that kept demo data lack: a newer bostad asks for them."""
    there = set(Setting.objects.values_list("key", flat=True))
    _decide([decided for decided in DECISIONS if decided.key not in there], organisations)


def _decide(decisions: Sequence[Decided], organisations: dict[str, Organisation]) -> None:
    Setting.objects.bulk_create(
        Setting(
            key=decided.key,
            organisation=organisations.get(decided.code),
            from_on=decided.from_on,
            to_on=decided.to_on,
            value=decided.value,
            decided_by=decided.by,
        )
        for decided in decisions
    )


def _make(office: Office) -> Organisation:
    domain = "ekstad.example" if office.number == Office.number else f"{mail_name(office.code)}.example"
    organisation = Organisation.objects.create(
        kind=office.kind,
        name=office.name,
        code=office.code,
        board=office.board,
        organisation_number=office.number + identifiers.luhn_digit(office.number),
        is_private=office.is_private,
        street=office.street,
        postal_code=office.postal_code,
        city="Ekstad",
        phone=office.phone,
        email=f"{mail_name(office.code)}@{domain}",
    )
    Unit.objects.bulk_create(
        Unit(
            organisation=organisation,
            name=name,
            is_queue=name == office.queue,
            street=office.street,
            postal_code=office.postal_code,
            city="Ekstad",
            phone=f"{office.phone[:-2]}{number:02d}",
            email=f"{mail_name(name)}@{domain}",
        )
        for number, name in enumerate(office.units, start=10)
    )
    return organisation


def mail_name(words: str) -> str:
    """As a mail address writes it: "Barn och familj" is barn.och.familj, Åman is aman."""
    return words.lower().translate(str.maketrans("åäöéü ", "aaoeu."))
