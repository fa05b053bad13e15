"""Finding cases: by what they say and what they are, never by what is hidden or erased, private ones with rights."""

from __future__ import annotations

from typing import Any

import pytest

from bot.store import erasure, search, tables
from bot.store.cases import NEWEST
from bot.store.search import COUNTED, LONGEST, Sought, index_more, index_words
from bot.store.store import Store
from bot.understand.normalise import normalise
from tests.bot.store.filed import change, file, file_all

LAMP = "چراغ کوچه خاموش است"


async def found(store: Store, words: str = "", most: int = 10, key: int = NEWEST, **sought: Any) -> list[int]:
    """The ids of the page below a key."""
    params = Sought(normalise(words), **sought).params()
    return [row.id for row in await store.read(search.FOUND_OLDER, key=key, most=most, **params)]


async def count(store: Store, words: str = "", key: int = 0, **sought: Any) -> int:
    [row] = await store.read(search.FOUND_COUNT, key=key, **Sought(normalise(words), **sought).params())
    return row.n


async def index(store: Store, case_id: int, *texts: str, more: bool = False) -> None:
    async with store.unit() as unit:
        work = await unit.work()
        if more:
            index_more(work, case_id, " ".join(texts))
        else:
            index_words(work, case_id, *texts)
        unit.merge(work)
        await store.commit(unit)


async def is_consistent(store: Store) -> bool:
    """Whether the index says what `case_texts` says. Raises FlushRefused or DatabaseError when it does not."""
    check = "INSERT INTO case_index (case_index, rank) VALUES ('integrity-check', 1)"
    await store._database.run(lambda connection: connection.execute(check))
    return True


async def test_a_case_is_found_by_all_of_the_words_and_not_by_some(store: Store) -> None:
    lamp, pit = await file(store, LAMP), await file(store, "چاله در کوچه")
    assert await found(store, "کوچه") == [pit, lamp]
    assert await found(store, "خاموش چراغ") == [lamp]
    assert await found(store, "چراغ چاله") == []


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("لامپ‌های خیابان می‌سوزد", "لامپ"),
        ("لامپ‌های خیابان می‌سوزد", "ميسوزد"),
        ("پیاده‌رو ۱۲ متری", "پیاده رو 12"),
        ("گڵۆپی کۆڵانەکە ناسووتێت", "كۆڵانەکە"),
        ("قاپی‌لاریمیزین ایشیقی یانمیر", "ایشیقی قاپی"),
        ("The LAMP is out!", "lamp"),
    ],
)
async def test_it_is_found_however_it_is_spelt(store: Store, written: str, typed: str) -> None:
    case_id = await file(store, written)
    assert await found(store, typed) == [case_id]


async def test_the_last_word_may_be_the_beginning_of_a_longer_one(store: Store) -> None:
    case_id = await file(store, "آسفالته خیابان")
    assert await found(store, "خیابان آسف") == [case_id]
    assert await found(store, "آسف خیابان") == []


async def test_two_letters_are_a_word_and_no_beginning(store: Store) -> None:
    await file(store, "آبان")
    water = await file(store, "آب")
    assert await found(store, "آب") == [water]


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [("category", "street_light", "pothole"), ("area", "center", ""), ("area", "center", "north")],
)
async def test_a_search_is_narrowed_and_follows_what_changes(store: Store, field: str, one: str, other: str) -> None:
    case_id = await file(store, LAMP, **{field: one})
    await file(store, LAMP, **{field: other})
    narrow: dict[str, Any] = {field: one}
    for words in (LAMP, ""):
        assert await found(store, words, **narrow) == [case_id]
    await change(store, case_id, **{field: other})
    assert await found(store, "", **narrow) == []


@pytest.mark.parametrize(("field", "column"), [("states", "state"), ("desks", "desk")])
async def test_of_several_states_or_desks_any_will_do(store: Store, field: str, column: str) -> None:
    one, two, three = [await file(store, LAMP, **{column: value}) for value in ("done", "closed", "received")]
    narrow: dict[str, Any] = {field: ("done", "closed")}
    assert await found(store, LAMP, **narrow) == [two, one]
    await change(store, three, **{column: "done"})
    assert await found(store, "", **narrow) == [three, two, one]


async def test_what_is_narrowed_by_several_things_is_all_of_them(store: Store) -> None:
    wanted = await file(store, LAMP, state="done", area="north")
    await file(store, LAMP, state="done")
    await file(store, LAMP, area="north")
    assert await found(store, LAMP, states=("done",), area="north", category="street_light") == [wanted]


async def test_the_last_moment_of_a_time_does_not_belong_to_it(store: Store) -> None:
    made = [await file(store, LAMP, created_at=at) for at in (100, 200, 200, 300)]
    assert await found(store, "", since=200) == made[:0:-1]
    assert await found(store, LAMP, until=300) == made[2::-1]
    assert await found(store, LAMP, since=200, until=300) == [made[2], made[1]]
    assert await found(store, "", since=301) == await found(store, "", until=100) == []


async def test_pages_go_by_key_in_both_directions(store: Store) -> None:
    ids = await file_all(store, [{}] * 5, LAMP)
    assert await found(store, LAMP, most=2) == ids[:2:-1]
    assert await found(store, LAMP, most=2, key=ids[3]) == [ids[2], ids[1]]
    newer = await store.read(search.FOUND_NEWER, key=ids[0], most=2, **Sought(LAMP).params())
    assert [row.id for row in newer] == [ids[1], ids[2]]
    assert (await count(store, LAMP), await count(store, LAMP, key=ids[2])) == (5, 2)


async def test_a_count_ends_at_a_thousand(store: Store) -> None:
    await file_all(store, [{}] * (COUNTED + 1), "چراغ")
    assert await count(store, "چراغ") == COUNTED


async def test_confidential_cases_are_found_by_those_alone_who_may_see_them(store: Store) -> None:
    conduct, lamp = await file(store, LAMP, private=True), await file(store, LAMP)
    for words in (LAMP, ""):
        assert await found(store, words) == [lamp]
        assert await found(store, words, least=1, most_private=1) == [conduct]
        assert await found(store, words, most_private=1) == [lamp, conduct]
        assert await count(store, words) == 1


async def test_the_words_of_the_index_cannot_be_typed(store: Store) -> None:
    await file(store, LAMP, private=True)
    await file(store, LAMP)
    for typed in ("xp_1", "xc_street_light", '" OR "xp_1', "چراغ OR xs_received"):
        assert await store.read(search.FOUND_OLDER, key=NEWEST, most=9, **Sought(typed).params()) == []


async def test_hidden_words_are_found_by_nobody_and_their_case_by_the_rest(store: Store) -> None:
    case_id = await file(store, LAMP)
    await change(store, case_id, hidden=True)
    assert await found(store, LAMP) == []
    assert await found(store, "", category="street_light") == [case_id]
    await change(store, case_id, hidden=False)
    assert await found(store, LAMP) == [case_id]


async def test_erased_words_are_found_by_nobody(store: Store) -> None:
    case_id, other = await file(store, LAMP), await file(store, LAMP)
    [(person_id,)] = await store.look("SELECT person_id FROM cases WHERE id = ?", [case_id])
    async with store.unit() as unit:
        work = await unit.work()
        for statement in erasure.EVERYTHING:
            work.do(statement, person_id=person_id, now=2)
        unit.merge(work)
        await store.commit(unit)
    assert await found(store, LAMP) == [other]
    assert await found(store) == [other, case_id]
    assert await store.look("SELECT words FROM case_texts WHERE case_id = ?", [case_id]) == [("",)]


async def test_what_was_added_by_somebody_who_is_erased_goes_as_well(store: Store) -> None:
    case_id = await file(store, LAMP)
    async with store.unit() as unit:
        work = await unit.work()
        person_id = work.add(tables.people, created_at=1)
        work.add(tables.additions, case_id=case_id, person_id=person_id, words="پلاک", created_at=1)
        index_more(work, case_id, "پلاک")
        for statement in erasure.EVERYTHING:
            work.do(statement, person_id=person_id, now=2)
        unit.merge(work)
        await store.commit(unit)
    assert await found(store, "پلاک") == []


async def test_words_are_replaced_or_added_to(store: Store) -> None:
    case_id = await file(store, LAMP)
    await index(store, case_id, "میدان", more=True)
    assert await found(store, "میدان چراغ") == [case_id]
    await index(store, case_id, "میدان", "پارک")
    assert await found(store, "پارک میدان") == [case_id]
    assert await found(store, "چراغ") == []


async def test_a_flood_of_words_ends_at_the_most_that_a_case_is_found_by(store: Store) -> None:
    case_id = await file(store, LAMP)
    for _ in range(3):
        await index(store, case_id, "کوچه " * (LONGEST // 10), more=True)
    await index(store, case_id, "دیر", more=True)
    assert await store.look("SELECT length(words) FROM case_texts") == [(LONGEST,)]
    assert await found(store, "دیر") == []
    assert await found(store, "چراغ") == [case_id]


async def test_the_index_follows_cases_that_come_change_and_go(store: Store) -> None:
    ids = await file_all(store, [{}] * 6, LAMP)
    await change(store, ids[0], state="done", area="north")
    await change(store, ids[1], state="received")
    await index(store, ids[2], "میدان")
    await store._database.run(lambda connection: connection.execute("DELETE FROM cases WHERE id = ?", [ids[3]]))
    assert await is_consistent(store)
    assert await found(store) == [ids[5], ids[4], ids[2], ids[1], ids[0]]
    assert await found(store, LAMP) == [ids[5], ids[4], ids[1], ids[0]]
    assert await store.look("SELECT count(*) FROM case_texts") == [(5,)]


async def test_a_change_that_is_rolled_back_changes_nothing(store: Store) -> None:
    case_id = await file(store, LAMP)
    async with store.unit() as unit:
        work = await unit.work()
        work.set(tables.cases, case_id, state="done")
        index_words(work, case_id, "میدان")
        unit.merge(work)
        assert await (await unit.work()).query(search.FOUND_OLDER, key=NEWEST, most=1, **Sought("میدان").params())
    assert await found(store, LAMP, states=("received",)) == [case_id]
    assert await is_consistent(store)
