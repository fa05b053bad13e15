"""One report of several problems becomes several: the first stays under its code, each other one gets its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.actions.city import City
from bot.actions.fields import Fields, check_fields
from bot.actions.file_case import Origin, file_from
from bot.actions.move import as_whom, move_case
from bot.actions.support import add_supporter
from bot.domain.case import ARROWS
from bot.domain.draft import Draft, Place
from bot.errors import Refused
from bot.pack.catalogue import OTHER
from bot.store.cases import CaseRow
from bot.store.people import addresses
from bot.store.supporters import SUPPORTERS
from bot.store.work import Work

MOST_PARTS = 6


async def split_case(work: Work, city: City, case: CaseRow, parts: Sequence[str]) -> tuple[CaseRow, list[str]]:
    """`parts`: the problems in an official's words. Answers the case as it will be, and the codes of the new ones.

    The reporter has them all; who shared the case shares them all, for nobody can say which problem was theirs. Raises
    Refused as `move_case`; then nothing is staged.
    """
    if case.private or len(parts) > MOST_PARTS:
        raise Refused("desk-split-many", max=MOST_PARTS)
    codes = [city.codes.code(work.new_number()) for _ in parts[1:]]
    fields = Fields(parts=tuple(parts), codes=tuple(codes))
    check_fields(city, (*ARROWS["split"].needs, "text"), replace(fields, words="".join(parts[:1])))
    after = await move_case(work, city, as_whom(work, case), case, "split", fields)
    await move_case(work, city, as_whom(work, case), after, "note", Fields(words=parts[0]))
    supporters = [row.person_id for row in await work.query(SUPPORTERS, case_id=case.id)]
    lang = await _lang_of(work, case.person_id)
    for code, words in zip(codes, parts[1:], strict=True):
        origin = Origin(
            case.person_id, lang, case.channel, case.caller, case.entered_by, code, case.code, len(supporters)
        )
        filed = await file_from(work, city, _draft(city, case, words), origin)
        for person in supporters:
            add_supporter(work, filed.id, person)
    return after, codes


async def _lang_of(work: Work, person_id: int) -> str:
    to = (await addresses(work, [person_id])).get(person_id)
    return to.lang if to else "fa"


def _draft(city: City, case: CaseRow, words: str) -> Draft:
    """The same place; the topic is guessed, and where it can't be the centre finds it. Nothing of it is public: its
    reporter has not seen these words.
    """
    place = Place(case.lat, case.lon, address=case.address, area=case.area, landmark=case.landmark)
    guesses = [city.pack.categories[guess.key] for guess in city.mind.categories(words, certain=True)]
    category = next((each.key for each in guesses if not each.private), OTHER)
    return Draft(((0, words),), place=place, category=category)
