"""On a phone a table shows at which edge there is more of it."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator

from tests.factories import DwellingFactory
from tests.town import Town

pytestmark = pytest.mark.browser
EDGE = 3  # pixels from the edge of the picture, inside the frame's line


def darkness(table: Locator) -> tuple[int, int]:
    """Of the left and the right edge, in the middle of the last row's height, where nothing is written."""
    picture = Image.open(BytesIO(table.screenshot())).convert("L")
    height = picture.height - 8
    return 255 - picture.getpixel((EDGE, height)), 255 - picture.getpixel((picture.width - EDGE, height))


def test_a_table_that_goes_on_outside_a_phone_is_shaded_at_that_edge(people, town: Town):
    DwellingFactory(manager=town.vof)
    page = people.sign_in("gun-britt", viewport={"width": 390, "height": 844})
    page.goto("/boenden/")
    table = page.locator(".b-tablewrap")
    assert table.evaluate("e => e.scrollWidth > e.clientWidth")
    left, right = darkness(table)
    assert right > left + 30
    table.evaluate("e => { e.scrollLeft = e.scrollWidth }")
    left, right = darkness(table)
    assert left > right + 30
