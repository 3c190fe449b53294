"""What every test of referrals can ask for."""

import pytest

from tests.referrals.town import Referring, a_referring_town
from tests.town import Town


@pytest.fixture
def place(town: Town) -> Referring:
    return a_referring_town(town)
