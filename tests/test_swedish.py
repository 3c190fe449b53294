"""Swedish alphabetical order by a key that any database sorts alike."""

import pytest

from bostad.swedish import sort_key


def test_the_last_letters_come_after_z_in_their_own_order():
    names = ["Öberg", "Zander", "Äberg", "Åberg", "Ek", "Ærø"]
    assert sorted(names, key=sort_key) == ["Ek", "Zander", "Åberg", "Äberg", "Ærø", "Öberg"]


@pytest.mark.parametrize(
    ("one", "other"), [("Öberg", "Berg"), ("Åberg", "Aberg"), ("Öberg", "Oberg"), ("Äng", "Ång"), ("Ö", "")]
)
def test_a_letter_of_its_own_is_not_left_out(one: str, other: str):
    assert sort_key(one) != sort_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ÖBERG", "öberg"), ("O\u0308berg", "Öberg"), ("Müller", "Muller"), ("Ann-Marie", "Annmarie")]
)
def test_case_other_accents_hyphens_and_the_way_of_writing_a_letter_do_not_count(one: str, other: str):
    assert sort_key(one) == sort_key(other)


def test_a_key_is_no_longer_than_its_text():
    assert len(sort_key("ö" * 80)) == 80
