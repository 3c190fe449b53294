"""How well a dwelling fits a household's need. By size, rent, access, area and school: never by who has waited longest (R-1-7).

Pure: the need is what the referral says, the dwelling what the register says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any


class Fits(Enum):
    YES = "yes"
    PARTLY = "partly"  # can be lived with: said, and no hindrance
    NO = "no"  # an offer despite of it needs a reason


@dataclass(frozen=True)
class Mark:
    name: str
    fits: Fits
    words: str  # Swedish
    rule: str


@dataclass(frozen=True)
class Need:
    rooms_min: Decimal | None = None
    rooms_max: Decimal | None = None
    rent_max: Decimal | None = None
    needs_lift: bool = False
    needs_wheelchair: bool = False
    barred: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()  # areas near school or preschool
    unknown: tuple[str, ...] = ()  # those of both that the register of dwellings does not have


@dataclass(frozen=True)
class Home:
    rooms: Decimal
    rent: Decimal
    has_lift: bool
    is_ground_floor: bool
    is_wheelchair_accessible: bool
    area: str = ""
    city: str = ""


def need_of(content: Mapping[str, Mapping[str, Any]]) -> Need:
    """What a referral's content says of the dwelling."""
    need, areas, children = content.get("need", {}), content.get("areas", {}), content.get("children", {})
    health = content.get("health", {})
    return Need(
        rooms_min=_number(need.get("rooms_min")),
        rooms_max=_number(need.get("rooms_max")),
        rent_max=_number(need.get("rent_max")),
        needs_lift=bool(need.get("needs_lift")),
        needs_wheelchair=bool(health.get("needs_wheelchair") or need.get("needs_wheelchair")),
        barred=words_of(areas.get("barred")),
        wanted=words_of(children.get("areas")),
    )


def home_of(dwelling: Any) -> Home:
    return Home(
        rooms=dwelling.rooms,
        rent=dwelling.monthly_rent,
        has_lift=dwelling.has_lift,
        is_ground_floor=dwelling.apartment_number[:2] in ("09", "10"),
        is_wheelchair_accessible=dwelling.is_wheelchair_accessible,
        area=dwelling.real_property.area,
        city=dwelling.city,
    )


def fit(need: Need, home: Home) -> list[Mark]:
    """A mark for each thing that the referral asks of the dwelling, and no others."""
    marks = [_size(need, home), _rent(need, home), _access(need, home), _area(need, home), _school(need, home)]
    return [mark for mark in marks if mark is not None]


def misfits(marks: Sequence[Mark]) -> tuple[str, ...]:
    return tuple(mark.name for mark in marks if mark.fits is Fits.NO)


def order(marks: Sequence[Mark]) -> tuple[int, int]:
    """For sorting: first what fits in all, then what fits partly, last what does not."""
    return sum(mark.fits is Fits.NO for mark in marks), sum(mark.fits is Fits.PARTLY for mark in marks)


def spare_rooms(need: Need, home: Home) -> Decimal:
    """How much larger than the household must have it: among homes that fit alike the smaller comes first."""
    return max(home.rooms - (need.rooms_min or home.rooms), Decimal(0))


def both_barred_and_near(content: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Areas that are said to be unsuitable and to be near the school too: a dwelling there counts as unsuitable (R-1-45)."""
    need = need_of(content)
    return tuple(name for name in need.barred if _same(name, need.wanted))


def _size(need: Need, home: Home) -> Mark | None:
    if need.rooms_min is None and need.rooms_max is None:
        return None
    if need.rooms_min is not None and home.rooms < need.rooms_min:
        return Mark("size", Fits.NO, f"För liten, behovet är minst {_plain(need.rooms_min)} rum", "R-1-39")
    if need.rooms_max is not None and home.rooms > need.rooms_max:
        return Mark("size", Fits.PARTLY, f"Större än behovet, {_plain(need.rooms_max)} rum", "R-1-39")
    return Mark("size", Fits.YES, "Storleken passar", "R-1-39")


def _rent(need: Need, home: Home) -> Mark | None:
    if need.rent_max is None:
        return None
    if home.rent > need.rent_max:
        over = f"{_plain(home.rent - need.rent_max)} kr"
        return Mark("rent", Fits.NO, f"Hyran är {over} högre än hushållet klarar", "R-1-42")
    return Mark("rent", Fits.YES, "Hyran ryms", "R-1-42")


def _access(need: Need, home: Home) -> Mark | None:
    if need.needs_wheelchair and not home.is_wheelchair_accessible:
        return Mark("access", Fits.NO, "Inte anpassad för rullstol", "R-1-44")
    if need.needs_lift and not (home.has_lift or home.is_ground_floor):
        return Mark("access", Fits.NO, "Ingen hiss", "R-1-44")
    if need.needs_wheelchair or need.needs_lift:
        return Mark("access", Fits.YES, "Tillgängligheten passar", "R-1-44")
    return None


def _area(need: Need, home: Home) -> Mark | None:
    if not need.barred:
        return None
    if _same(home.area, need.barred) or _same(home.city, need.barred):
        return Mark("area", Fits.NO, "Olämpligt bostadsområde enligt remissen", "R-1-45")
    if not home.area:
        return Mark("area", Fits.PARTLY, "Bostadens område är inte registrerat", "R-1-45")
    if unknown := [name for name in need.barred if name in need.unknown]:
        words = f"Olämpligt område som inte finns i bostadsregistret: {', '.join(unknown)}"
        return Mark("area", Fits.PARTLY, words, "R-1-45")
    return Mark("area", Fits.YES, "Området är inte spärrat", "R-1-45")


def _school(need: Need, home: Home) -> Mark | None:
    if not need.wanted:
        return None
    if _same(home.area, need.wanted):
        return Mark("school", Fits.YES, "Samma område som skolan", "R-1-46")
    return Mark("school", Fits.PARTLY, "Annat område än skolan", "R-1-46")


def _same(place: str, names: Sequence[str]) -> bool:
    return bool(place) and place.casefold() in {name.casefold() for name in names}


def words_of(value: Any) -> tuple[str, ...]:
    """Areas are kept as a list; a text with commas is read as one."""
    names = value.split(",") if isinstance(value, str) else value or ()
    return tuple(name.strip() for name in names if name.strip())


def _number(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")
