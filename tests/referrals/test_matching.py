"""How well a home fits a need, mark by mark: what is asked for is answered, and nothing else counts."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from referrals.matching import Fits, Home, Mark, Need, fit, misfits, need_of, order

HOME = Home(
    rooms=Decimal(3), rent=Decimal(8900), has_lift=False, is_ground_floor=False, is_wheelchair_accessible=False,
    area="Högaborg", city="Ekstad",
)  # fmt: skip


def marks(need: Need, **home) -> dict[str, Mark]:
    return {mark.name: mark for mark in fit(need, replace(HOME, **home))}


@pytest.mark.rule("R-1-7")
def test_nothing_of_need_or_home_is_a_time_of_waiting():
    assert {field.name for field in fields(Need)} == {
        "rooms_min", "rooms_max", "rent_max", "needs_lift", "needs_wheelchair", "barred", "wanted", "unknown"
    }  # fmt: skip
    assert {field.name for field in fields(Home)} == {
        "rooms", "rent", "has_lift", "is_ground_floor", "is_wheelchair_accessible", "area", "city"
    }  # fmt: skip


def test_what_is_not_asked_for_has_no_mark():
    assert marks(Need()) == {}


@pytest.mark.rule("R-1-39")
@pytest.mark.parametrize(
    ("least", "most", "fits"),
    [(3, None, Fits.YES), (3, 3, Fits.YES), (None, 3, Fits.YES), (4, None, Fits.NO), (1, 2, Fits.PARTLY), (None, 2, Fits.PARTLY)],
)  # fmt: skip
def test_the_size_fits_from_the_least_to_the_most(least, most, fits):
    need = Need(rooms_min=least and Decimal(least), rooms_max=most and Decimal(most))
    assert marks(need)["size"].fits is fits


@pytest.mark.rule("R-1-42")
def test_the_rent_is_told_with_how_much_it_is_too_high():
    assert marks(Need(rent_max=Decimal(8900)))["rent"].fits is Fits.YES
    over = marks(Need(rent_max=Decimal(8500)))["rent"]
    assert over.fits is Fits.NO
    assert "400 kr" in over.words


@pytest.mark.rule("R-1-44")
@pytest.mark.parametrize(
    ("need", "home", "fits"),
    [
        (Need(needs_lift=True), {}, Fits.NO),
        (Need(needs_lift=True), {"has_lift": True}, Fits.YES),
        (Need(needs_lift=True), {"is_ground_floor": True}, Fits.YES),
        (Need(needs_wheelchair=True), {"has_lift": True}, Fits.NO),
        (Need(needs_wheelchair=True), {"is_wheelchair_accessible": True}, Fits.YES),
        (Need(needs_wheelchair=True, needs_lift=True), {"is_wheelchair_accessible": True}, Fits.NO),
    ],
)
def test_access_is_by_lift_ground_floor_or_adaptation(need, home, fits):
    assert marks(need, **home)["access"].fits is fits


@pytest.mark.rule("R-1-45")
@pytest.mark.parametrize(
    ("barred", "home", "fits"),
    [
        (("högaborg",), {}, Fits.NO),
        (("EKSTAD",), {}, Fits.NO),
        (("Planteringen",), {}, Fits.YES),
        (("Planteringen",), {"area": ""}, Fits.PARTLY),
    ],
)
def test_a_barred_area_is_no_home(barred, home, fits):
    assert marks(Need(barred=barred), **home)["area"].fits is fits


@pytest.mark.rule("R-1-46")
def test_near_the_school_is_wished_and_never_demanded():
    assert marks(Need(wanted=("Högaborg",)))["school"].fits is Fits.YES
    assert marks(Need(wanted=("Tågaborg",)))["school"].fits is Fits.PARTLY


def test_what_does_not_fit_comes_last_and_is_named():
    well, partly = fit(Need(rooms_min=Decimal(3)), HOME), fit(Need(rooms_max=Decimal(2)), HOME)
    badly = fit(Need(rooms_min=Decimal(4), rent_max=Decimal(100)), HOME)
    assert sorted([badly, partly, well], key=order) == [well, partly, badly]
    assert (misfits(well), misfits(partly), misfits(badly)) == ((), (), ("size", "rent"))


def test_the_need_is_read_out_of_the_sections_of_the_referral():
    need = need_of(
        {
            "need": {"rooms_min": 2, "rooms_max": 4, "rent_max": 9400, "needs_lift": True},
            "health": {"reason": "Rullstol.", "needs_wheelchair": True},
            "areas": {"barred": "Högaborg, , Planteringen"},
            "children": {"areas": ["Tågaborg"]},
        }
    )
    assert need == Need(
        Decimal(2), Decimal(4), Decimal(9400), needs_lift=True, needs_wheelchair=True,
        barred=("Högaborg", "Planteringen"), wanted=("Tågaborg",),
    )  # fmt: skip
    assert need_of({}) == Need()
