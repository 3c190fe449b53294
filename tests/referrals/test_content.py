"""One mandatory core, what stands beside it when it matters, and the sum that is approved and signed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals import content, content_words
from referrals.forms.sections import SECTION_FORMS
from referrals.settings_keys import SECTIONS as SETTING

WHOLE = {
    "household": {"members": [{"name": "Amira Haddad"}], "note": ""},
    "need": {"rooms_min": 2},
    "situation": {"now": "Jourlägenhet.", "history": "Egen bostad till 2024."},
    "support": {"text": "Boendestöd."},
    "economy": {"income": "Ekonomiskt bistånd.", "debt_total": 0, "checked_on": "2026-09-10"},
    "decision": {"motivation": "Uppfyller kriterierna.", "form_motivation": "Behöver stöd."},
}
RULES = {
    "household": "R-1-38", "need": "R-1-39", "situation": "R-1-40", "support": "R-1-41", "economy": "R-1-42",
    "decision": "R-1-43", "health": "R-1-44", "areas": "R-1-45", "children": "R-1-46", "contacts": "R-1-47",
}  # fmt: skip
FIELDS = [(section.key, name) for section in content.CORE for name in section.must]


def test_each_section_stands_for_its_rule():
    assert {section.key: section.rule for section in content.SECTIONS} == RULES
    assert {section.key for section in content.CORE} == {key for key, rule in RULES.items() if rule <= "R-1-43"}


def test_a_whole_referral_lacks_nothing():
    assert content.missing(WHOLE) == ()


@pytest.mark.rule("R-1-38")
@pytest.mark.rule("R-1-39")
@pytest.mark.rule("R-1-40")
@pytest.mark.rule("R-1-41")
@pytest.mark.rule("R-1-42")
@pytest.mark.rule("R-1-43")
@pytest.mark.parametrize("value", [None, "", "  \n", [], {}], ids=repr)
@pytest.mark.parametrize(("section", "field"), FIELDS)
def test_a_field_of_the_core_that_says_nothing_is_missed(section, field, value):
    assert content.missing(WHOLE | {section: WHOLE[section] | {field: value}}) == (section,)


@pytest.mark.rule("R-1-42")
def test_no_debts_is_an_answer():
    assert content.is_complete(WHOLE, content.BY_KEY["economy"])


@pytest.mark.rule("R-1-47")
@pytest.mark.parametrize(
    ("section", "begun", "whole"),
    [
        ("health", {"adaptation": "Dusch."}, {"adaptation": "Dusch.", "reason": "Kan inte kliva över kant."}),
        ("areas", {"reason": "Tidigare partner."}, {"barred": ["Högaborg"], "reason": "Tidigare partner."}),
        ("contacts", {"phone": "042-10 00 00"}, {"text": "God man: Per Alm.", "phone": "042-10 00 00"}),
    ],
)
def test_a_section_beside_the_core_is_missed_only_when_it_was_begun(section, begun, whole):
    assert content.missing(WHOLE | {section: {}}) == ()
    assert content.missing(WHOLE | {section: begun}) == (section,)
    assert content.missing(WHOLE | {section: whole}) == ()


@pytest.mark.rule("R-1-44")
def test_health_stands_only_with_the_reason_why_it_matters_to_the_dwelling():
    assert content.health_without_reason({"health": {"adaptation": "Dusch."}})
    assert content.health_without_reason({"health": {"adaptation": "Dusch.", "reason": "  "}})
    assert not content.health_without_reason({"health": {"adaptation": "Dusch.", "reason": "Kan inte kliva."}})
    assert not content.health_without_reason({"health": {"adaptation": "", "reason": ""}})
    assert not content.health_without_reason({})


@pytest.mark.rule("R-1-86")
@pytest.mark.parametrize("chosen", [[], ["health"], ["contacts", "areas"], ["household"], ["nothing"]], ids=str)
def test_no_setting_takes_a_section_of_the_core_away(chosen):
    found = content.sections_of(chosen)
    assert set(content.CORE) <= set(found)
    assert {section.key for section in found if not section.is_core} == set(chosen) & {"health", "contacts", "areas"}
    assert {key for key, _ in SETTING.choices} == {section.key for section in content.OPTIONAL}


@pytest.mark.rule("R-1-30")
def test_the_sum_is_of_the_words_and_not_of_the_order_in_which_they_were_written():
    turned = {key: dict(reversed(list(WHOLE[key].items()))) for key in reversed(list(WHOLE))}
    assert content.hash_of(turned) == content.hash_of(WHOLE)


@pytest.mark.rule("R-1-30")
@given(st.sampled_from(FIELDS), st.text(min_size=1))
def test_a_changed_word_changes_the_sum_and_names_its_section(place, added):
    section, field = place
    after = WHOLE | {section: WHOLE[section] | {field: f"{WHOLE[section][field]}{added}"}}
    assert content.hash_of(after) != content.hash_of(WHOLE)
    assert content.changed(WHOLE, after) == (section,)


@pytest.mark.rule("R-1-33")
@pytest.mark.parametrize("section", content.SECTIONS, ids=lambda section: section.key)
def test_what_is_written_in_a_section_can_be_asked_to_be_completed(section):
    """The form, what the content knows of, and the words for it are of the same fields."""
    of_the_form = set(SECTION_FORMS[section.key].base_fields) - {"version", "seen"}
    assert set(section.written) == of_the_form
    assert set(section.written) <= set(content_words.LABELS)
