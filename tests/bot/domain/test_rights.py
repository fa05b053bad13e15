"""As what somebody stands to a case. Every row by hand, not from the code."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.domain.case import Who
from bot.domain.rights import sees, stands
from bot.store.person import Role

ME, OTHER = 1, 2


@dataclass(frozen=True)
class Facts:
    person_id: int = OTHER
    desk: str = "civil"
    department: str = "civil"
    private: bool = False
    holder_id: int | None = None
    doer_id: int | None = None
    channel: str = "telegram"


ORDINARY = Facts()
HELD_AT_CENTRE = Facts(desk="center137", department="green")
PRIVATE = Facts(desk="inspection", department="inspection", private=True)
PRIVATE_AT_MAYORS = Facts(desk="mayor_office", department="inspection", private=True)
# role, department, case -> what they are to it (reviewer follows, as nobody has done it yet), whether they see it
TABLE: list[tuple[str, str, Facts, str, bool]] = [
    ("officer", "civil", ORDINARY, "unit", True),
    ("officer", "green", ORDINARY, "", False),
    ("manager", "civil", ORDINARY, "unit manager", True),
    ("manager", "green", ORDINARY, "", False),
    ("manager", "mayor_office", ORDINARY, "manager", True),
    ("officer", "mayor_office", ORDINARY, "", False),
    ("dispatcher", "", ORDINARY, "centre", True),
    ("admin", "", ORDINARY, "centre", True),
    ("editor", "", ORDINARY, "", False),
    ("officer", "inspection", ORDINARY, "", False),
    ("dispatcher", "", HELD_AT_CENTRE, "unit centre", True),
    ("officer", "green", HELD_AT_CENTRE, "", True),
    ("manager", "green", HELD_AT_CENTRE, "manager", True),
    ("officer", "civil", HELD_AT_CENTRE, "", False),
    ("officer", "center137", HELD_AT_CENTRE, "unit", True),
    ("officer", "inspection", PRIVATE, "unit", True),
    ("manager", "inspection", PRIVATE, "unit manager", True),
    ("dispatcher", "", PRIVATE, "", False),
    ("admin", "", PRIVATE, "", False),
    ("manager", "mayor_office", PRIVATE, "", False),
    ("officer", "civil", PRIVATE, "", False),
    ("editor", "", PRIVATE, "", False),
    ("manager", "mayor_office", PRIVATE_AT_MAYORS, "unit manager", True),
    ("officer", "mayor_office", PRIVATE_AT_MAYORS, "", False),
    ("officer", "inspection", PRIVATE_AT_MAYORS, "", False),
    ("admin", "", PRIVATE_AT_MAYORS, "", False),
]


@pytest.mark.parametrize(("role", "department", "case", "expected", "seen"), TABLE)
def test_each_role_stands_to_each_case_as_the_table_says(
    role: str, department: str, case: Facts, expected: str, seen: bool
) -> None:
    roles = [Role(role, department)]
    standing = {Who(each) for each in expected.split()}
    assert stands(ME, roles, case) == standing | ({Who.REVIEWER} if standing else set())
    assert sees(ME, roles, case) is seen


def test_a_reporter_is_the_reporter_and_nobody_else_is() -> None:
    assert stands(ME, [], Facts(person_id=ME)) == {Who.REPORTER}
    assert stands(ME, [], ORDINARY) == frozenset()
    assert not sees(ME, [], Facts(person_id=ME))  # theirs is in their own list, not at the desk


def test_who_did_the_work_judges_it_neither_as_reporter_nor_as_reviewer_nor_for_a_caller() -> None:
    mine = Facts(person_id=ME, desk="center137", department="center137", doer_id=ME, channel="phone")
    assert stands(ME, [Role("dispatcher")], mine) == {Who.UNIT, Who.CENTRE}
    by_another = Facts(desk="center137", department="center137", doer_id=OTHER, channel="phone")
    assert {Who.CALL, Who.REVIEWER} <= stands(ME, [Role("dispatcher")], by_another)


def test_only_the_centre_speaks_for_a_caller() -> None:
    called = Facts(channel="phone", doer_id=OTHER)
    assert Who.CALL in stands(ME, [Role("dispatcher")], called)
    assert Who.CALL not in stands(ME, [Role("manager", "civil")], called)
    assert Who.CALL not in stands(ME, [Role("dispatcher")], Facts(doer_id=OTHER))


def test_who_held_a_case_holds_it_no_more_once_it_is_on_another_desk() -> None:
    held = Facts(holder_id=ME)
    assert Who.HOLDER in stands(ME, [Role("officer", "civil")], held)
    assert Who.HOLDER not in stands(ME, [Role("officer", "green")], held)
    assert stands(ME, [], held) == frozenset()


def test_several_roles_add_up() -> None:
    both = [Role("dispatcher"), Role("officer", "civil")]
    assert stands(ME, both, ORDINARY) == {Who.UNIT, Who.CENTRE, Who.REVIEWER}
