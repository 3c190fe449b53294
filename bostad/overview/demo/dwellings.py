"""Sixty-five dwellings: care homes of the three providers, FF's municipal ones of all four tenures, SOF's supported ones."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from bostad.housing.models import Category, Dwelling, HeadLease, HeadRent, Property, Tenure
from bostad.organisation.models import Organisation
from contracts.states import HousingForm as Form

LEASED_SINCE = 6  # years; the head rent goes up by about four per cent each New Year
RAISE = Decimal("1.04")


@dataclass(frozen=True)
class House:
    """A property, or one entrance of it, whose dwellings are of one kind."""

    designation: str  # of the property
    name: str
    street: str
    owner: str  # code of the landlord; our own FF where the municipality owns
    manager: str
    tenure: Tenure
    forms: tuple[Form, ...]
    flats: tuple[tuple[str, str], ...]  # objektsbeteckning and lägenhetsnummer
    rent: int
    area: str
    rooms: str = "1"
    kitchen: bool = False
    provider: str = ""
    electricity: bool = True
    block: bool = False  # rented together with at least two more, to be let
    lift: bool = False
    adapted: bool = False
    spaces: str = ""
    furniture: str = ""
    postal_code: str = "59099"
    categories: dict[str, list[Category]] = field(default_factory=dict)  # by objektsbeteckning


def _ward(home: str, ward: str, first: int, apartments: range) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"{home}, avdelning {ward}, lgh {number}", str(apartment))
        for number, apartment in enumerate(apartments, start=first)
    )


def _flats(prefix: str, *apartments: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"{prefix}{number:02d}", str(apartment)) for number, apartment in enumerate(apartments, start=1))


def _only(category: Category, names: Iterator[str]) -> dict[str, list[Category]]:
    return {name: [category] for name in names}


WARD = "del i gemensamt kök och vardagsrum, förråd, tvättstuga"
CARE_BED = "vårdsäng med madrass, sänglampa"
BJORKEN = _ward("Rönngården", "Björken", 11, range(1101, 1107))
EKEN = _ward("Rönngården", "Eken", 21, range(1201, 1205))
GLANTAN = _ward("Tallbacken", "Gläntan", 1, range(1001, 1007))
STIGEN = _ward("Tallbacken", "Stigen", 7, range(1101, 1105))
SOLGLANTAN = tuple((f"Solgläntan, lgh {number}", str(1000 + number)) for number in range(1, 11))
FOR_COUPLES = (*SOLGLANTAN[:4], *SOLGLANTAN[8:])

HOUSES = (
    House(
        "Ekstad Rönnen 3:12", "Rönngården", "Rönnvägen 3", "Lindens", "VOF", Tenure.RENTED, (Form.CARE_DEMENTIA,),
        BJORKEN, 6780, "31.5", provider="Rönngården", electricity=False, block=True, lift=True, adapted=True,
        spaces=WARD, furniture=CARE_BED, categories=_only(Category.BPSD, (name for name, _ in BJORKEN[2:])),
    ),
    House(
        "Ekstad Rönnen 3:12", "Rönngården", "Rönnvägen 3", "Lindens", "VOF", Tenure.RENTED, (Form.CARE_DEMENTIA,),
        EKEN, 6990, "34", provider="Rönngården", electricity=False, block=True, lift=True, adapted=True, spaces=WARD,
        furniture=CARE_BED, categories=_only(Category.YOUNG_DEMENTIA, (name for name, _ in EKEN)),
    ),
    House(
        "Ekstad Tallen 1:4", "Tallbacken", "Tallvägen 10", "Ekstadshem", "VOF", Tenure.RENTED, (Form.CARE_SOMATIC,),
        GLANTAN, 6420, "30", provider="Tallbacken", block=True, adapted=True, spaces=WARD, furniture=CARE_BED,
        postal_code="59098",
    ),
    House(
        "Ekstad Tallen 1:4", "Tallbacken", "Tallvägen 10", "Ekstadshem", "VOF", Tenure.RENTED, (Form.CARE_DEMENTIA,),
        STIGEN, 6480, "30", provider="Tallbacken", block=True, adapted=True, spaces=WARD, furniture=CARE_BED,
        postal_code="59098", categories=_only(Category.BPSD, (name for name, _ in STIGEN[2:])),
    ),
    House(
        "Ekstad Solen 2:7", "Solgläntan", "Solvägen 22", "FF", "VOF", Tenure.OWN_STOCK, (Form.SHELTERED,),
        SOLGLANTAN, 7950, "48", "2", kitchen=True, provider="Solgläntan", electricity=False, lift=True,
        spaces="förråd, tvättstuga, samlingslokal", postal_code="59097",
        categories=_only(Category.COUPLE, (name for name, _ in FOR_COUPLES)),
    ),
    House(
        "Ekstad Björken 12:1", "Björkgatan 7", "Björkgatan 7", "Ekstadshem", "FF", Tenure.RENTED, (Form.MUNICIPAL,),
        _flats("FF-B", 1102, 1203, 1301, 1302), 8950, "78", "3", kitchen=True, electricity=False, block=True, lift=True,
        spaces="källarförråd, tvättstuga", postal_code="59096",
    ),
    House(
        "Ekstad Norra 4:2", "Norra vägen 18", "Norra vägen 18", "Ekstadshem", "FF", Tenure.RENTED, (Form.MUNICIPAL,),
        _flats("FF-N", 1002, 1201, 1102), 7240, "56", "2", kitchen=True, electricity=False,
        spaces="vindsförråd, tvättstuga", postal_code="59096",
    ),
    House(
        "Ekstad Sjön 8:3", "Sjögatan 4", "Sjögatan 4", "Lindens", "FF", Tenure.RENTED, (Form.MUNICIPAL,),
        _flats("FF-S", 1001, 1102, 1202, 1201), 7680, "64", "2", kitchen=True, electricity=False,
        spaces="källarförråd, tvättstuga",
    ),
    House(
        "Ekstad Ekbacken 1:1", "Ekbacken 22", "Ekbacken 22", "Ekbacken", "FF", Tenure.COOPERATIVE, (Form.MUNICIPAL,),
        _flats("FF-E", 1101, 1102, 1201, 1302), 8120, "70", "3", kitchen=True, electricity=False, lift=True,
        spaces="källarförråd", postal_code="59096",
    ),
    House(
        "Ekstad Hammaren 5:5", "Hantverkargatan 5", "Hantverkargatan 5", "FF", "FF", Tenure.OWNED, (Form.MUNICIPAL,),
        _flats("FF-H", 1001, 1101), 9300, "96", "4", kitchen=True, electricity=False, spaces="trädgård, cykelbod",
    ),
    House(
        "Ekstad Skolan 2:2", "Skolgatan 9", "Skolgatan 9", "FF", "FF", Tenure.OWN_STOCK, (Form.MUNICIPAL,),
        _flats("FF-K", 1001, 1002, 1101, 1102), 6890, "58", "2", kitchen=True,
        spaces="källarförråd, tvättstuga", postal_code="59098",
    ),
    House(
        "Ekstad Kvarnen 3:1", "Kvarngatan 3", "Kvarngatan 3", "Ekstadshem", "SOF", Tenure.RENTED,
        (Form.TRIAL, Form.TRAINING), _flats("SOF-F", 1001, 1002, 1101, 1102, 1201, 1202), 5940, "41", kitchen=True,
        electricity=False, spaces="källarförråd, tvättstuga", postal_code="59098",
    ),
    House(
        "Ekstad Ån 6:4", "Ågatan 14", "Ågatan 14", "Lindens", "SOF", Tenure.RENTED, (Form.TRAINING,),
        _flats("SOF-T", 1001, 1002, 1101, 1102, 1201), 5310, "33", block=True, spaces="tvättstuga, samlingsrum",
    ),
    House(
        "Ekstad Bruket 1:9", "Bruksgatan 2", "Bruksgatan 2", "Ekstadshem", "SOF", Tenure.RENTED, (Form.EMERGENCY,),
        _flats("SOF-J", 1001, 1101, 1201), 6150, "52", "2", kitchen=True, block=True,
        spaces="tvättstuga, lekrum", furniture="två sängar, köksbord med fyra stolar, soffa, husgeråd",
    ),
)  # fmt: skip
WITHDRAWN = "FF-K04"  # the stairs are to be rebuilt
FOR_GUARANTEE = (  # their owners sign first-hand leases that the municipality guarantees; nobody lives in the last three
    "FF-N02", "FF-S03", "FF-B04", "FF-N03", "FF-S04",
)  # fmt: skip
AREAS = {  # by the property's name; the wards are part of no area
    "Björkgatan 7": "Norra", "Norra vägen 18": "Norra", "Sjögatan 4": "Sjöstaden", "Ekbacken 22": "Ekbacken",
    "Hantverkargatan 5": "Centrum", "Skolgatan 9": "Centrum",
}  # fmt: skip


def make(organisations: dict[str, Organisation], today: date) -> dict[str, Dwelling]:
    """The dwellings by objektsbeteckning, each that the municipality rents with its head lease and the rents of the years."""
    made: dict[str, Dwelling] = {}
    for house in HOUSES:
        owned, _ = Property.objects.get_or_create(
            designation=house.designation,
            defaults={
                "landlord": organisations[house.owner],
                "name": house.name,
                "area": AREAS.get(house.name, ""),
                "street": house.street,
                "postal_code": house.postal_code,
                "city": "Ekstad",
            },
        )
        for number, (designation, apartment) in enumerate(house.flats, start=1):
            made[designation] = _dwelling(house, owned, designation, apartment, organisations, today)
            if house.tenure == Tenure.RENTED and designation not in FOR_GUARANTEE:
                _lease(house, made[designation], number, organisations[house.owner], today)
    return made


def _dwelling(
    house: House, owned: Property, designation: str, apartment: str, organisations: dict[str, Organisation], today: date
) -> Dwelling:
    return Dwelling.objects.create(
        real_property=owned,
        designation=designation,
        apartment_number=apartment,
        street=house.street,
        postal_code=house.postal_code,
        city="Ekstad",
        rooms=Decimal(house.rooms),
        has_kitchen=house.kitchen,
        area_m2=Decimal(house.area),
        included_spaces=house.spaces,
        furnished_items=house.furniture,
        tenure=house.tenure,
        manager=organisations[house.manager],
        provider=organisations[house.provider] if house.provider else None,
        housing_forms=["guarantee"] if designation in FOR_GUARANTEE else [form.value for form in house.forms],
        allowed_categories=house.categories.get(designation, []),
        electricity_included=house.electricity,
        monthly_rent=house.rent,
        has_lift=house.lift,
        is_wheelchair_accessible=house.adapted,
        withdrawn_on=today - timedelta(days=40) if designation == WITHDRAWN else None,
    )


def _lease(house: House, dwelling: Dwelling, number: int, owner: Organisation, today: date) -> None:
    """A house that is rented as a block has one agreement, with a line for each flat."""
    since = date(today.year - LEASED_SINCE, 4, 1)
    initials = "".join(word[0] for word in owner.name.split() if word[0].isupper())
    lease = HeadLease.objects.create(
        dwelling=dwelling,
        owner=owner,
        reference=f"{initials}-{since.year}-{dwelling.real_property_id:03d}{'/' if house.block else '-'}{number}",
        from_on=since,
        notice_months=9 if house.block else 3,
        is_block_let=house.block,
    )
    HeadRent.objects.bulk_create(
        HeadRent(
            head_lease=lease,
            from_on=max(since, date(year, 1, 1)),
            monthly_rent=(house.rent / RAISE ** (today.year - year)).quantize(Decimal(1)),
        )
        for year in range(since.year, today.year + 1)
    )
