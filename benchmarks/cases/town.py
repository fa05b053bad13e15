"""Made-up cases of Qorveh: five years of them, the same for the same seed and number.

By the pack's categories, desks and areas; at street corners within the town's box, a few of which are complained about
far more often than the rest. Three of a hundred are open, most of them new. Words are short and composed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import NamedTuple

from bot.clock import DAY
from bot.domain.rank import rank
from bot.domain.rights import CENTRE
from bot.pack.catalogue import Category
from bot.pack.pack import Pack
from bot.understand.normalise import normalise

FIRST, STEP = 1_000_000, 20  # ids of cases; what belongs to one has the ids up to the next
NOW = 1_795_000_000_000  # milliseconds: November 2026
YEARS = 5
OFFICIALS = 40  # people with the lowest ids
PEOPLE_EACH = 5  # cases that one citizen has filed, on average
CHUNK = 50_000
_CORNERS = 2_000
_SPREAD = 0.0004  # degrees around a corner: some forty metres
_ENDED = {"closed": 84, "not_done": 6, "cancelled": 6, "merged": 4}
_OPEN = {
    "received": 15,
    "reviewing": 8,
    "referred": 17,
    "in_progress": 25,
    "need_info": 8,
    "external": 7,
    "done": 15,
    "reopened": 4,
    "contested": 1,
}
# What is complained about most, in this order; the rest follows by chance.
_FREQUENT = ("waste_collection", "pothole", "street_light", "channel", "waste_bin", "street_obstruction", "sidewalk")
_HOW = {"agreed": 45, "no-answer": 45, "not-asked": 5, "voted": 5}
_SENTENCES = """
سلام لطفا رسیدگی کنید چند روز است کسی نیامده جلوی خانه ما خیلی خطرناک شده بچه‌ها شب روز صبح هفته
همسایه‌ها ناراحت هستند بوی بد دارد خراب درست نشده تماس گرفتم جواب ندادند ممنون تشکر فوری خواهش می‌کنم
کوچه خیابان پیاده‌رو محله میدان روبه‌روی کنار پشت مدرسه مسجد پارک آب ماشین مردم زمستان بارندگی دوباره
هنوز همیشه گزارش قبلی شهرداری
"""
_TALK = _SENTENCES.split()
_LETTERS = "ابپتجچحخدرزسشعغفقکگلمنوهی"


class Made(NamedTuple):
    """A case, in the order of its columns in `building.COLUMNS`, and what it is found by."""

    row: tuple[object, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Corner:
    lat: float
    lon: float
    area: str
    street: str


class Town:
    """Makes cases in the order of their filing."""

    def __init__(self, pack: Pack, size: int, seed: int = 137) -> None:
        self._random = random = Random(seed)
        self._size = size
        self._kinds = [pack.categories[key] for key in _FREQUENT if key in pack.categories]
        others = [kind for kind in pack.categories.values() if kind not in self._kinds and not kind.retired]
        self._kinds += random.sample(others, len(others))
        self._names = ["".join(random.choices(_LETTERS, k=random.randint(3, 7))) for _ in range(5_000)]
        self._plain = {word: normalise(word) for word in (*_TALK, *self._names, "خیابان", "کوچه", "پلاک", "نزدیک")}
        self._said = {kind.key: [(each, normalise(each)) for each in kind.keywords] for kind in self._kinds}
        self._corners = [self._corner(pack) for _ in range(_CORNERS)]
        self.people = OFFICIALS + max(1, size // PEOPLE_EACH)

    def _corner(self, pack: Pack) -> Corner:
        west, south, east, north = pack.geo.bbox
        lat, lon = self._random.uniform(south, north), self._random.uniform(west, east)
        area = pack.area_of(lat, lon)
        return Corner(lat, lon, area.key if area else "", self._random.choice(self._names))

    def cases(self) -> Iterator[list[Made]]:
        """All of them, in chunks."""
        for start in range(0, self._size, CHUNK):
            count = min(CHUNK, self._size - start)
            kinds = self._random.choices(self._kinds, _falling(len(self._kinds), 2), k=count)
            corners = self._random.choices(self._corners, cum_weights=_falling_sum(_CORNERS, 30), k=count)
            talk = self._random.choices(_TALK, _falling(len(_TALK), 10), k=count * 7)
            names = self._random.choices(self._names, cum_weights=_falling_sum(len(self._names), 5), k=count * 2)
            yield [
                self._case(start + at, kinds[at], corners[at], talk[at * 7 : at * 7 + 7], names[at * 2 : at * 2 + 2])
                for at in range(count)
            ]

    def _case(self, number: int, kind: Category, corner: Corner, talk: list[str], names: list[str]) -> Made:
        random, case_id = self._random, FIRST + STEP * number
        at = NOW - (self._size - number) * YEARS * 365 * DAY // self._size
        state, how = self._state((self._size - number) / self._size)
        said, plain = random.choice(self._said[kind.key])
        address = ["خیابان", corner.street, "کوچه", names[0]] if random.random() < 0.6 else []
        landmark = ["نزدیک", names[1]] if random.random() < 0.2 else []
        desk = self._desk(kind, state)
        target, supporters = at + (kind.target_days or 1) * DAY, int(random.expovariate(1.5))
        ended = at + random.randrange(20 * DAY) if state in _ENDED else 0
        row = (
            case_id,
            str(10_000_000 + number * 7_919_777 % 90_000_000),
            OFFICIALS + 1 + random.randrange(self.people - OFFICIALS),
            kind.key,
            kind.department if kind.owner == "municipality" else CENTRE,
            state,
            " ".join([said, *talk]),
            random.gauss(corner.lat, _SPREAD),
            random.gauss(corner.lon, _SPREAD),
            " ".join(address),
            corner.area,
            " ".join(landmark),
            kind.urgent,
            kind.private,
            random.random() < 0.4,
            random.choice(("telegram", "bale")),
            target,
            1 + random.randrange(OFFICIALS) if state in ("in_progress", "done") else None,
            how,
            desk,
            rank(case_id, at, target, urgent=kind.urgent, reopened=state == "reopened", supporters=supporters),
            state == "reopened",
            supporters,
            at,
            ended or at,
            ended,
        )
        words = [plain, *(self._plain[word] for word in (*talk, *address, *landmark))]
        return Made(row, " ".join(words))

    def _state(self, age: float) -> tuple[str, str]:
        """`age`: 0 for the newest, 1 for the oldest."""
        random = self._random
        if random.random() < (0.7 if age < 0.03 else 0.08 if age < 0.1 else 0.004):
            return _drawn(random, _OPEN), ""
        state = _drawn(random, _ENDED)
        return state, _drawn(random, _HOW) if state == "closed" else ""

    def _desk(self, kind: Category, state: str) -> str:
        if kind.private:
            return kind.department
        return CENTRE if state == "received" and self._random.random() < 0.6 else kind.department


def _drawn(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


def _falling(count: int, start: int) -> Sequence[float]:
    """Weights of the first, the second, the third …, as words and complaints fall."""
    return [1 / (start + at) for at in range(count)]


def _falling_sum(count: int, start: int) -> Sequence[float]:
    return list(accumulate(_falling(count, start)))
