import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understand.place import Landmarks

NAMES = {"ghadir": ["بلوار غدیر", "غدیر"], "park": ["پارک غدیر شرقی"], "mahdieh": ["مهدیهٔ قروه"]}
PLACES = Landmarks(NAMES, ["قروه درجزین", "قروه ابهر"])


@settings(max_examples=50)
@given(st.sampled_from([(key, name) for key, names in NAMES.items() for name in names]))
def test_every_spelling_of_a_place_is_found_inside_a_sentence(known: tuple[str, str]) -> None:
    key, name = known
    assert PLACES.find(f"چراغ‌های {name}، روبه‌روی نانوایی") == key


def test_the_longest_name_wins() -> None:
    assert PLACES.find("نیمکت پارک غدیر شرقی شکسته") == "park"


@pytest.mark.parametrize("text", ["", "مهدیه خانم", "بلوار بزرگ", "غدیری"])
def test_parts_of_names_are_no_place(text: str) -> None:
    assert PLACES.find(text) is None


def test_arabic_letters_and_half_spaces_do_not_hide_a_place() -> None:
    assert PLACES.find("مهديه‌ قروه") == "mahdieh"


@pytest.mark.parametrize("text", ["در قروه درجزین زندگی می‌کنم", "قروه‌ی درجزین", "قروهٔ ابهر", "قروة درجزين"])
def test_the_same_name_in_another_town_is_noticed(text: str) -> None:
    assert PLACES.other_town(text)


@pytest.mark.parametrize("text", ["قروه", "از قروه تا ابهر", "درجزین", ""])
def test_our_own_town_is_not_taken_for_another(text: str) -> None:
    assert not PLACES.other_town(text)
