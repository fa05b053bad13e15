"""How well the category suggester does on the pack's own examples, by five-fold cross-validation, beside BM25.

    python benchmarks/understand.py [PACK FOLDER]

Each text is judged by a suggester that has not seen it. Silence counts as a miss in "shown".
"""

from __future__ import annotations

import json
import math
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.understand.category import NO_CATEGORY, Categories
from bot.understand.danger import Danger, Rule
from bot.understand.features import features
from bot.understand.normalise import tokens

FOLDS = 5
LANGUAGES = ("fa", "ckb", "az", "en", "finglish")
Ranker = Callable[[str], tuple[list[str], bool]]  # text -> keys best first, and whether they would be shown
Learner = Callable[[list[tuple[str, str]], dict[str, list[str]]], Ranker]


@dataclass(frozen=True)
class Example:
    lang: str
    text: str
    category: str
    emergency: str | None  # "" for none, None for "may or may not be one"


def read_pack(folder: Path) -> tuple[list[Example], dict[str, list[str]], list[Rule]]:
    """The examples, the short phrases of each category, the rules of danger."""
    rows = map(json.loads, (folder / "examples.jsonl").read_text("utf-8").splitlines())
    examples = [Example(row["lang"], row["text"], row["category"], row.get("emergency", "")) for row in rows]
    listed = tomllib.loads((folder / "categories.toml").read_text("utf-8"))["category"]
    phrases = {
        c["key"]: [*c["keywords"], *c["name"].values(), *c["label"].values()] for c in listed if c["key"] != "other"
    }
    rules = tomllib.loads((folder / "emergency.toml").read_text("utf-8"))["rule"]
    return examples, phrases, [_rule(raw) for raw in rules]


def _rule(raw: dict[str, Any]) -> Rule:
    phrases = [phrase for lang in LANGUAGES for phrase in raw.get(lang, ())]
    return Rule(raw["key"], tuple(raw["numbers"]), raw["advice"], raw["tone"], phrases, raw.get("unless", ()))


def bm25(read: Callable[[str], Sequence[str]]) -> Learner:
    """A category is one document of all its texts (k1 1.2, b 0.75). Shown when no report-less class comes first."""

    def learn(examples: list[tuple[str, str]], phrases: dict[str, list[str]]) -> Ranker:
        documents: dict[str, Counter[str]] = {}
        for text, key in [*examples, *((p, key) for key, listed in phrases.items() for p in listed)]:
            documents.setdefault(key, Counter()).update(read(text))
        seen = Counter(word for document in documents.values() for word in document)
        mean = sum(map(Counter.total, documents.values())) / len(documents)

        def weight(word: str, document: Counter[str]) -> float:
            rare = math.log(1 + (len(documents) - seen[word] + 0.5) / (seen[word] + 0.5))
            return rare * document[word] * 2.2 / (document[word] + 1.2 * (0.25 + 0.75 * document.total() / mean))

        def rank(text: str) -> tuple[list[str], bool]:
            words = dict.fromkeys(read(text))
            scores = {key: sum(weight(w, doc) for w in words if w in doc) for key, doc in documents.items()}
            ranked = sorted(scores, key=lambda key: -scores[key])
            return [key for key in ranked if key != NO_CATEGORY], ranked[0] != NO_CATEGORY and scores[ranked[0]] > 0

        return rank

    return learn


def chosen(examples: list[tuple[str, str]], phrases: dict[str, list[str]]) -> Ranker:
    categories = Categories.learn(examples, phrases)
    return lambda text: ([key for _, key in categories.nearest(text)], bool(categories.suggest(text)))


def judge(
    learn: Learner, examples: list[Example], phrases: dict[str, list[str]]
) -> list[tuple[Example, list[str], bool]]:
    """Every example with the answer of a suggester that was taught the other folds."""
    order = sorted(range(len(examples)), key=lambda i: (examples[i].category, examples[i].lang, i))
    verdicts = []
    for fold in range(FOLDS):
        taught = [examples[i] for n, i in enumerate(order) if n % FOLDS != fold]
        rank = learn([(e.text, e.category) for e in taught], phrases)
        verdicts += [(examples[i], *rank(examples[i].text)) for n, i in enumerate(order) if n % FOLDS == fold]
    return verdicts


def share(hits: Sequence[bool]) -> str:
    return f"{100 * sum(hits) / max(1, len(hits)):3.0f}"


def print_categories(name: str, verdicts: list[tuple[Example, list[str], bool]]) -> None:
    for lang in LANGUAGES:
        known = [v for v in verdicts if v[0].lang == lang and v[0].category]
        if known:
            first = share([keys[:1] == [e.category] for e, keys, _ in known])
            three = share([e.category in keys[:3] for e, keys, _ in known])
            shown = share([sure and e.category in keys[:3] for e, keys, sure in known])
            print(f"| {name} | {lang} | {len(known)} | {first} | {three} | {shown} |")
    plain = [sure for e, _, sure in verdicts if not e.category and not e.emergency]
    danger = [sure for e, _, sure in verdicts if not e.category and e.emergency]
    print(f'| {name} | class "" | {len(plain)} | suggestion on {share(plain)} | | |')
    print(f'| {name} | class "", emergency | {len(danger)} | suggestion on {share(danger)} | | |')


def print_danger(rules: list[Rule], examples: list[Example]) -> None:
    """The phrases alone: nothing is learnt from the examples, so they may be judged as they are."""
    danger = Danger(rules)
    urgent = [e.emergency in [kind.key for kind in danger.find(e.text)] for e in examples if e.emergency]
    calm = [bool(danger.find(e.text)) for e in examples if e.emergency == ""]
    print(f"\ndanger by phrases: {share(urgent)} % of {len(urgent)} emergencies, {share(calm)} % of {len(calm)} others")


def milliseconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    started = time.perf_counter()
    for text in texts:
        work(text)
    return (time.perf_counter() - started) * 1000 / len(texts)


def print_times(examples: list[Example], phrases: dict[str, list[str]], rules: list[Rule]) -> None:
    texts = [e.text for e in examples]
    long = [" ".join(texts)[:4096], *((word * 4096)[:4096] for word in ("گاز ", "1 ", "ا"))]
    started = time.perf_counter()
    categories = Categories.learn([(e.text, e.category) for e in examples], phrases)
    print(f"\nlearning {(time.perf_counter() - started) * 1000:.0f} ms")
    works: dict[str, Callable[[str], object]] = {"category": categories.suggest, "danger": Danger(rules).find}
    for name, work in works.items():
        print(f"{name}: {milliseconds(work, texts):.3f} ms a text, {milliseconds(work, long):.2f} ms for 4,096 letters")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "data" / "qorveh"
    examples, phrases, rules = read_pack(folder)
    print("| suggester | language | texts | first % | among three % | shown and among three % |")
    print("|---|---|---|---|---|---|")
    learners: dict[str, Learner] = {"BM25, words": bm25(tokens), "BM25, features": bm25(features), "chosen": chosen}
    for name, learn in learners.items():
        print_categories(name, judge(learn, examples, phrases))
    print_danger(rules, examples)
    print_times(examples, phrases, rules)


if __name__ == "__main__":
    main()
