"""The calendar file of a programme, read back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from bot.media.calendar import calendar
from bot.store.programmes import ProgrammeRow

TEHRAN = ZoneInfo("Asia/Tehran")


def at(year: int, month: int, hour: int) -> int:
    return int(datetime(year, month, 5, hour, tzinfo=TEHRAN).timestamp() * 1000)


def read(row: ProgrammeRow) -> Any:
    return Calendar.from_ical(calendar(row, TEHRAN, "qorveh"))


@pytest.mark.parametrize(("year", "month"), [(2026, 12), (2026, 7), (2021, 7)])
def test_the_clock_of_the_town_stands_in_the_file(year: int, month: int) -> None:
    """In 2021 summer had an hour of its own, since 2023 it has none."""
    row = ProgrammeRow(7, "published", "جشن", starts_at=at(year, month, 18), ends_at=at(year, month, 20))
    event = read(row).walk("VEVENT")[0]
    assert (event["DTSTART"].dt.hour, event["DTEND"].dt.hour) == (18, 20)
    assert int(event["DTSTART"].dt.timestamp() * 1000) == row.starts_at
    assert [str(zone["TZID"]) for zone in read(row).walk("VTIMEZONE")] == ["Asia/Tehran"]


def test_words_keep_their_commas_lines_and_marks() -> None:
    words = "ساز، آواز; شعر, نمایش\nBEGIN:VEVENT\nو یک خط بلند: " + "الف" * 100
    row = ProgrammeRow(7, "published", "جشن, شب\\یلدا", words, starts_at=at(2026, 12, 18), place="سالن; پارک")
    (event,) = read(row).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == ("جشن, شب\\یلدا", words)
    assert str(event["LOCATION"]) == "سالن; پارک"
    lines = calendar(row, TEHRAN, "qorveh").split(b"\r\n")
    assert max(map(len, lines)) <= 75


def test_what_moved_takes_the_place_of_what_was_there() -> None:
    row = ProgrammeRow(7, "published", "جشن", starts_at=at(2026, 12, 18), version=2)
    before, after = (read(each).walk("VEVENT")[0] for each in (row, row._replace(state="cancelled", version=3)))
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (2, 3)
    assert (str(before["STATUS"]), str(after["STATUS"])) == ("CONFIRMED", "CANCELLED")


def test_the_same_version_is_the_same_file() -> None:
    row = ProgrammeRow(7, "published", "جشن", starts_at=at(2026, 12, 18), lat=35.1, lon=47.8)
    assert calendar(row, TEHRAN, "qorveh") == calendar(row, TEHRAN, "qorveh")
    assert b"GEO:35.1;47.8" in calendar(row, TEHRAN, "qorveh")
