"""The matrix: everybody, every arrow, every button, on cases of their own and of others. 0 leaks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain import case as domain
from bot.store.cases import CaseRow
from handlers import table
from tests.handlers.official.court import USERS, Court, assemble
from tests.handlers.official.matrix import ALL, ARROWS, BUTTONS, NEVER_OWN, PEOPLE, SUGGESTIONS, Button
from tests.house import house

LISTS = ("new", "mine", "late", "due", "waiting", "reopened", "external", "contested")


@pytest.fixture
async def court(tmp_path: Path) -> AsyncIterator[Court]:
    async with house(tmp_path) as home:
        yield await assemble(home)


def test_each_arrow_and_each_button_has_its_row() -> None:
    assert set(domain.ARROWS) == set(ARROWS), "tests/handlers/official/matrix.py: ARROWS"
    assert set(table.verbs()) == set(BUTTONS), "tests/handlers/official/matrix.py: BUTTONS"


def at(court: Court, arrow: str, *, private: bool) -> CaseRow:
    """The case in a state in which this arrow begins: the officer holds it or did it; an inspector the private one."""
    state, people = ARROWS[arrow].state, court.people
    case = court.cases["private" if private else "new"]._replace(state=state)
    worker = people["inspector" if private else "officer"]
    if state == "external" and not private:
        case = case._replace(desk="center137", department="center137", org="power")
    if state == "in_progress":
        return case._replace(holder_id=worker)
    if state in ("done", "closed", "not_done", "contested"):
        ended = case.created_at if state in ("closed", "not_done") else 0
        return case._replace(holder_id=worker, doer_id=worker, ended_at=ended)
    return case


@pytest.mark.parametrize("name", PEOPLE)
async def test_each_may_move_what_the_matrix_says_and_nothing_else(court: Court, name: str) -> None:
    async with court.acting(name) as work:
        for arrow, may in ARROWS.items():
            ordinary, private = at(court, arrow, private=False), at(court, arrow, private=True)
            by_phone, own = ordinary._replace(channel="phone"), ordinary._replace(person_id=work.person.id)
            theirs = name in may.ordinary.split() or "reporter" in may.ordinary.split()
            if own.doer_id == work.person.id:  # not even of their own report is the doer the judge
                theirs = name in may.ordinary.split()
            expected = [
                (ordinary, name in may.ordinary.split()),
                (private, name in may.private.split()),
                (by_phone, name in (may.ordinary + " " + may.phone).split()),
                (own, theirs),
            ]
            for place, (case, allowed) in enumerate(expected):
                reason = await court.refusal(work, case, arrow)
                assert (not reason) == allowed, (arrow, ("ordinary", "private", "phone", "own")[place], reason)


@pytest.mark.parametrize("name", PEOPLE)
async def test_each_may_move_a_suggestion_as_the_matrix_says_and_nobody_decides_on_their_own(
    court: Court, name: str
) -> None:
    async with court.acting(name) as work:
        for arrow in ARROWS:
            may = SUGGESTIONS.get(arrow)
            case = at_unit(court, may.state if may else ARROWS[arrow].state)
            own = case._replace(person_id=work.person.id)
            reason = await court.refusal(work, case, arrow)
            assert (not reason) == (may is not None and name in may.ordinary.split()), (arrow, reason)
            theirs = may is not None and bool({name, "reporter"} & set(may.ordinary.split()))
            if arrow in NEVER_OWN or (own.doer_id == work.person.id and may and may.ordinary == "reporter"):
                theirs = False
            reason = await court.refusal(work, own, arrow)
            assert (not reason) == theirs, (arrow, "own", reason)


def at_unit(court: Court, state: str) -> CaseRow:
    """A suggestion in this state: in the officer's hands where it is under study, and theirs where it was answered."""
    officer, case = court.people["officer"], court.cases["new"]
    case = case._replace(kind="suggestion", category="suggestion", standing="expert", state=state, target_at=None)
    if state == "in_progress":
        return case._replace(holder_id=officer)
    if state in ("not_done", "contested", "closed", "done"):
        return case._replace(doer_id=officer, ended_at=0 if state == "contested" else case.created_at)
    return case


@pytest.mark.parametrize("name", PEOPLE)
async def test_who_may_not_reads_the_same_of_a_case_as_of_none_and_changes_nothing(court: Court, name: str) -> None:
    for verb, button in BUTTONS.items():
        about_case = "{case}" in button.argument or button.dialogue == "desk-form"
        for case in (court.cases[button.stage], court.cases["private"]) if about_case else ():
            allowed = name in (button.private if case.private else button.who).split()
            seen, changes = await court.sees(name, verb, button, case)
            nothing, _ = await court.sees(name, verb, button, None)
            why = name in button.told.split() and (name == "inspection") == bool(case.private)
            if allowed or why:
                assert seen != nothing, f"{verb}: {name} may, and reads {seen}"
                assert allowed or not changes, verb
            else:
                assert seen == nothing, f"{verb}: {name} may not, and reads {seen}"
                assert not court.leaks(seen), verb
                assert not changes, verb


@pytest.mark.parametrize("name", PEOPLE)
async def test_what_is_about_no_case_is_closed_to_whom_the_matrix_says(court: Court, name: str) -> None:
    for verb, button in BUTTONS.items():
        if "{case}" in button.argument or button.dialogue == "desk-form":
            continue
        seen, changes = await court.sees(name, verb, button, court.cases["new"])
        if button.who == ALL:
            assert verb in ("m-list", "m-back") or not court.leaks(seen), verb
            continue
        refused, _ = await court.sees("stranger", verb, button, court.cases["new"])
        assert (seen != refused) == (name in button.who.split()), f"{verb}: {name} reads {seen}"
        assert name in button.who.split() or not (changes or court.leaks(seen)), verb


@pytest.mark.parametrize("name", PEOPLE)
async def test_no_list_shows_a_case_to_whom_it_does_not_open(court: Court, name: str) -> None:
    opens = {
        stage: name in (BUTTONS["v-card"].private if case.private else BUTTONS["v-card"].who).split()
        for stage, case in court.cases.items()
    }
    lists = [(verb, f"{which}.") for verb in ("v-list", "v-below") for which in LISTS]
    for verb, argument in (*lists, ("v-next", ""), ("v-home", ""), ("a-log", "")):
        seen, _ = await court.sees(name, verb, Button(argument, ALL), None)
        latin = seen.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
        for stage, case in court.cases.items():
            assert opens[stage] or case.code[:4] not in latin, f"{verb} {argument} shows {stage} to {name}"


async def test_everybody_is_a_citizen_with_a_report_of_their_own(court: Court) -> None:
    for name in PEOPLE:
        filed = await court.home.files(USERS[name], "tree_care", "درخت خشک")
        [(version,)] = await court.home.rows("SELECT version FROM cases WHERE id = ?", filed.id)
        own = court.cases["new"]._replace(id=filed.id, version=version)
        for verb in ("m-open", "m-time", "m-add", "m-drop", "m-drop-yes", "r-undo"):
            nothing, _ = await court.sees(name, verb, BUTTONS[verb], None)
            assert (await court.sees(name, verb, BUTTONS[verb], own))[0] != nothing, (verb, name)
