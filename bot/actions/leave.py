"""A reporter leaves a case that others share: it stays open under its code, and the one who joined first has it."""

from __future__ import annotations

from bot.actions.city import City
from bot.actions.fields import Fields
from bot.actions.move import as_whom, move_case
from bot.actions.pushes import MINE_VERB, question, say
from bot.domain.case import State
from bot.errors import Refused
from bot.store import leaving, tables
from bot.store.cases import CaseRow
from bot.store.people import addresses, is_reachable
from bot.store.search import index_words
from bot.store.supporters import SUPPORTERS, SupporterRow
from bot.store.work import Work
from bot.understand.normalise import normalise


def is_shared(case: CaseRow) -> bool:
    """Whether others keep it when its reporter goes. One that became confidential is nobody else's, and a suggestion
    is its author's alone.
    """
    return bool(case.supporters) and not case.private and not case.kind


async def leave_case(work: Work, city: City, case: CaseRow) -> CaseRow:
    """Take who reported it out of it, with their words, answer, additions and files; answers it as it will be.

    Raises Refused where nobody else shares it, and as `move_case`.
    """
    if case.private:  # what others once shared is confidential now: it is handed to nobody
        raise Refused("err-not-allowed")
    heir = await _heir(work, case)
    left = {"case_id": case.id, "person_id": work.person.id}
    others = await work.query(leaving.OTHERS_WORDS, **left)
    before = work.new_id()
    after = await move_case(work, city, as_whom(work, case), case, "leave", Fields(heir=heir.person_id))
    work.set(tables.supporters, heir.id, left_at=work.now, vote="", voted_at=0)
    for statement in leaving.TAKE_OUT:
        work.do(statement, **left, before=before)
    index_words(work, case.id, *(normalise(row.words) for row in others))
    await _tell_heir(work, city, after)
    return after


async def _heir(work: Work, case: CaseRow) -> SupporterRow:
    """Who joined first; rather somebody whom we can reach, and never who did the work while there is anybody else."""
    rows = await work.query(SUPPORTERS, case_id=case.id)
    if not rows:
        raise Refused("err-already")
    others = [row for row in rows if row.person_id != case.doer_id]
    for row in others:
        if await is_reachable(work, row.person_id):
            return row
    return (others or rows)[0]


async def _tell_heir(work: Work, city: City, case: CaseRow) -> None:
    """That it is theirs now; where the work is said to be done, with the question."""
    to = (await addresses(work, [case.person_id])).get(case.person_id)
    if to is None:
        return
    reader = city.reader(to)
    rows = [[reader.button("btn-open", MINE_VERB, case.id)]]
    screens = [reader.screen(reader.rich("push-inherited", code=reader.code(case.code)), rows=rows)]
    if case.state == State.DONE:
        screens.append(question(case, reader, own=True))
    say(work, city, to, screens, case.id, f"inherited-{case.id}")
