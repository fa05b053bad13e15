"""What officials look for: names in their words, and the days that they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.understand.sought import Lexicon, Name, Terms, month

ZONE = ZoneInfo("Asia/Tehran")
NOW = int(datetime(2026, 11, 25, 12, 0, tzinfo=UTC).timestamp() * 1000)  # 4 Azar 1405, 15:30 in Tehran
LEXICON = Lexicon(
    [
        Name("چاله و خرابی آسفالت", "category", "pothole"),
        Name("مرکز شهر", "area", "center"),
        Name("شهرک", "area", "town"),
        Name("در حال انجام", "state", "in_progress"),
        Name("در بازبینی", "state", "contested"),
        Name("در بازبینی", "state", "reviewing"),
        Name("امروز", "days", "0"),
        Name("دیروز", "yesterday", ""),
        Name("هفتهٔ گذشته", "days", "7"),
        Name("آبان", "month", "8"),
        Name("تیر", "month", "4"),
        Name("تیر ماه", "month-sure", "4"),
        Name("اسفند", "month", "12"),
    ],
    frozenset({"تیر", "برق"}),
)


def read(text: str) -> Terms:
    return LEXICON.read(text, NOW, ZONE)


def at(year: int, number: int, day: int) -> int:
    return int(datetime(year, number, day, tzinfo=ZONE).timestamp() * 1000)


def test_names_are_taken_out_and_the_rest_are_words() -> None:
    found = read("چراغ خاموش مركز شهر، در حال انجام")
    assert (found.words, found.area, found.states) == ("چراغ خاموش", "center", ("in_progress",))


def test_the_longest_name_wins() -> None:
    found = read("چاله و خرابی آسفالت در کوچه")
    assert (found.category, found.words) == ("pothole", "در کوچه")
    assert read("چاله").category == ""


def test_a_second_area_is_a_word() -> None:
    found = read("مرکز شهر شهرک")
    assert (found.area, found.words) == ("center", "شهرک")


def test_two_states_of_one_name_are_both_meant() -> None:
    assert read("در بازبینی").states == ("contested", "reviewing")


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("امروز", at(2026, 11, 25), 0),
        ("دیروز", at(2026, 11, 24), at(2026, 11, 25)),
        ("هفته گذشته", at(2026, 11, 18), 0),
        ("آبان", at(2026, 10, 23), at(2026, 11, 22)),
        ("آبان ۱۴۰۴", at(2025, 10, 23), at(2025, 11, 22)),
        ("تیر", at(2026, 6, 22), at(2026, 7, 23)),
        ("چاله تیر ماه", at(2026, 6, 22), at(2026, 7, 23)),
        ("چاله تیر ۱۴۰۴", at(2025, 6, 22), at(2025, 7, 23)),
        ("اسفند", at(2026, 2, 20), at(2026, 3, 21)),
    ],
)
def test_times(text: str, since: int, until: int) -> None:
    found = read(text)
    assert (found.since, found.until) == (since, until)


def test_a_lamp_post_is_no_month() -> None:
    assert read("تیر برق کج") == Terms("تیر برق کج")


def test_esfand_ends_with_the_year() -> None:
    assert month(12, 1405, date(2026, 11, 25)) == (date(2027, 2, 20), date(2027, 3, 21))


def test_numbers_are_words() -> None:
    assert read("کوچه ۱۲ پلاک ۱۴۰۵") == Terms("کوچه 12 پلاک 1405")
