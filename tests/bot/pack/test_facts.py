from __future__ import annotations

import pytest

from bot.errors import PackError
from bot.pack import Pack
from bot.pack.facts import Facts


def facts(confirmed: list[str] | None = None, source: dict[str, str] | None = None) -> Facts:
    values = {
        "version": "1",
        "confirmed": confirmed or [],
        "source": source or {},
        "phones": {"fire": "125", "office": ""},
        "time": {"hours": {"monday": ["07:30", "14:00"], "friday": []}},
    }
    return Facts.of("city.toml", values)


def test_a_sourced_fact_is_told_and_an_unconfirmed_one_is_not() -> None:
    told = facts(source={"phones.fire": "national short number"})
    assert told.get("phones.fire") == "125"
    assert told.get("time.hours.monday") is None


def test_confirming_a_table_confirms_everything_below_it() -> None:
    assert facts(confirmed=["time"]).get("time.hours.monday") == ["07:30", "14:00"]


@pytest.mark.parametrize("key", ["phones.office", "time.hours.friday"])
def test_an_empty_fact_is_never_told_even_if_confirmed(key: str) -> None:
    assert not facts(confirmed=["phones", "time"]).may_tell(key)


def test_a_confirmed_key_does_not_confirm_its_neighbour_with_a_longer_name() -> None:
    told = Facts({"a": {"b": "1", "bc": "2"}}, frozenset({"a.b"}), {})
    assert told.may_tell("a.b")
    assert not told.may_tell("a.bc")


@pytest.mark.parametrize("key", ["phones.fier", "phones.fire.number", "nothing"])
def test_a_misspelt_key_is_an_error_and_no_silence(key: str) -> None:
    with pytest.raises(KeyError):
        facts().may_tell(key)


@pytest.mark.parametrize("table", ["confirmed", "source"])
def test_confirming_what_is_not_there_is_an_error(table: str) -> None:
    with pytest.raises(PackError) as caught:
        facts(["phones.fier"] if table == "confirmed" else [], {"phones.fier": "a book"} if table == "source" else {})
    assert (caught.value.file, caught.value.key) == ("city.toml", table)


def test_a_table_of_which_nothing_is_told_is_listed_by_its_name() -> None:
    assert facts(source={"phones.fire": "seen"}).unconfirmed() == ["time.hours.monday"]
    assert Facts({"limits": {"a": 1, "b": 2}}, frozenset(), {}).unconfirmed() == ["limits"]


def test_a_sourced_fact_is_listed_until_it_is_confirmed() -> None:
    source = {"phones.fire": "seen"}
    assert facts(source=source).sourced_only() == ["phones.fire"]
    assert facts(["phones"], source).sourced_only() == []


def test_in_qorveh_citizens_are_told_national_numbers_and_no_hours(qorveh: Pack) -> None:
    assert qorveh.fact("phones.fire") == "125"
    assert qorveh.fact("name.fa") == "قروه"
    assert qorveh.fact("time.hours.saturday") is None
    assert qorveh.department_name("civil", "fa") is None
    assert qorveh.bodies["power"].may_tell


def test_the_demo_tells_hours_departments_and_targets(demo: Pack) -> None:
    assert demo.fact("time.hours.saturday") == ["07:30", "14:00"]
    assert demo.department_name("civil", "en") == "Civil works"
    assert all(category.target_confirmed for category in demo.categories.values())
    assert {line.split(":")[0] for line in demo.unconfirmed()} == {"areas.geojson"}


def test_the_doctor_hears_what_is_open_with_file_and_key(qorveh: Pack) -> None:
    open_ = qorveh.unconfirmed()
    assert {"city.toml: limits", "departments.toml: civil", "categories.toml: pothole.target"} <= set(open_)
    assert not any("phones.fire" in line for line in open_)
    assert {"city.toml: phones.fire", "external.toml: power"} <= set(qorveh.sourced_only())
