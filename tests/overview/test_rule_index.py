"""The index of rules is read from the source: what it says of this repository is a test of the repository."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import call_command

from bostad.casework.conditions import declared
from bostad.overview.rule_index import index


@pytest.fixture(scope="module")
def found():
    return {entry.rule: entry for entry in index()}


def test_every_condition_is_enforced_and_proved_under_its_rule(found):
    for made, _ in declared():
        assert made.rule in found
        assert any(place.endswith(f" {made.name}") for place in found[made.rule].enforced), made.name
        assert found[made.rule].proved, made.rule


def test_the_table_is_the_same_as_csv(found):
    out = io.StringIO()
    call_command("rules", "--format=csv", stdout=out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [row["rule"] for row in rows] == list(found)
    assert all(row["enforced"] or row["proved"] for row in rows)


def test_what_stands_in_a_docstring_enforces_nothing(tmp_path: Path):
    (tmp_path / "contracts").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "contracts" / "a.py").write_text(
        'def f():\n    """R-0-1 is told of here."""\n    return "R-0-2"\n', encoding="utf-8"
    )
    (tmp_path / "tests" / "test_a.py").write_text(
        'import pytest\n\n@pytest.mark.rule("R-0-3")\ndef test_it(): ...\n', encoding="utf-8"
    )
    assert {entry.rule: (entry.enforced, entry.proved) for entry in index(tmp_path)} == {
        "R-0-2": (["contracts/a.py:3 f"], []),
        "R-0-3": ([], ["tests/test_a.py::test_it"]),
    }
