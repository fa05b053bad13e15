"""What one file of the pack says about another: every key that is named exists, every keyboard fits."""

from __future__ import annotations

from collections.abc import Container

from bot.domain.rights import CENTRE, INSPECTION, MAYOR_OFFICE
from bot.errors import PackError
from bot.pack.answers import Answer
from bot.pack.catalogue import OTHER, Category
from bot.pack.pack import Pack
from bot.pack.part import SOURCE

BUTTONS = 8  # on one keyboard


def check_links(pack: Pack) -> None:
    """Raises PackError for the first key that points at nothing, and for keyboards that are too long."""
    for key in (CENTRE, INSPECTION, MAYOR_OFFICE):
        _known("departments.toml", f"department[{key}]", key, pack.departments, "departments: the program needs it")
    _known("categories.toml", f"category[{OTHER}]", OTHER, pack.categories, "categories: the program needs it")
    for category in pack.categories.values():
        _check_category(pack, category)
    _check_emergencies(pack)
    for answer in pack.answers.listed.values():
        _check_answer(pack, answer)
    _check_posters(pack)
    _check_keyboards(pack)
    _check_templates(pack)
    _known("portal.toml", "news.kind", pack.news.kind, pack.broadcast, "[broadcast] of city.toml")


def _check_templates(pack: Pack) -> None:
    """All that a template says stands in the texts."""
    texts = pack.text_ids()
    for kind, broadcast in pack.broadcast.items():
        for name in broadcast.templates:
            for text in (f"cast-{name}", f"cast-{name}-over", f"cast-title-{name}", f"btn-template-{name}"):
                _known("city.toml", f"broadcast.{kind}.templates", text, texts, "strings/fa.ftl")


def _known(file: str, key: str, named: str, there: Container[str], where: str) -> None:
    if named not in there:
        raise PackError(file, key, f"{named!r} is not in {where}.")


def _check_category(pack: Pack, category: Category) -> None:
    file, at = "categories.toml", f"category[{category.key}]"
    _known(file, f"{at}.group", category.group, pack.groups, "the groups of this file")
    _known(file, f"{at}.department", category.department, pack.departments, "departments.toml")
    if category.advice:
        _known(file, f"{at}.advice", category.advice, pack.advices, "the advice of this file")
    if category.outside:
        _known(file, f"{at}.outside", category.outside, pack.bodies, "external.toml")
    _check_numbers(pack, file, f"{at}.emergency", category.emergency)


def _check_emergencies(pack: Pack) -> None:
    file = "emergency.toml"
    for rule in pack.emergencies:
        at = f"rule[{rule.key}]"
        _check_numbers(pack, file, f"{at}.numbers", rule.numbers)
        if rule.advice:
            _known(file, f"{at}.advice", rule.advice, pack.advices, "the advice of categories.toml")


def _check_answer(pack: Pack, answer: Answer) -> None:
    """Its categories exist, and it is as long as what an official types must be."""
    file, at = "answers.toml", f"answer[{answer.key}]"
    for category in answer.categories:
        _known(file, f"{at}.categories", category, pack.categories, "categories.toml")
    least, most = pack.limits.min_reason_chars, pack.limits.max_reason_chars
    for lang, words in answer.sentences.items():
        if not least <= len(words) <= most:
            what = f"words in {lang} have {len(words)} characters; city.toml asks for {least} to {most}."
            raise PackError(file, f"{at}.words", what)


def _check_numbers(pack: Pack, file: str, key: str, numbers: tuple[str, ...]) -> None:
    known = set(pack.phones.model_dump().values()) - {""}
    for number in numbers:
        _known(file, key, number, known, "the phones of city.toml")


def _check_posters(pack: Pack) -> None:
    """Their categories can be reported by anybody, their names can be said, and they fit a screen with its ways on."""
    file = "city.toml"
    for kind, category in pack.posters.items():
        _known(file, f"posters.{kind}", category, pack.categories, "categories.toml")
        if pack.categories[category].private or pack.categories[category].retired:
            raise PackError(file, f"posters.{kind}", f"{category!r} is private or retired: no sticker starts it.")
        _known(f"strings/{SOURCE}.ftl", "posters", f"btn-poster-{kind}", pack.text_ids(), "the texts")
    if (count := len(pack.posters) + 3) > BUTTONS:
        raise PackError(file, "posters", f"with the general one, the list and [back] this makes {count} buttons.")


def _check_keyboards(pack: Pack) -> None:
    """Groups and [cancel]; the categories of a group, [none of these] and [back]."""
    file = "categories.toml"
    if (count := len(pack.groups) + 1) > BUTTONS:
        raise PackError(file, "group", f"with [cancel] this makes {count} buttons; {BUTTONS} is the most.")
    for group in pack.groups:
        if (count := len(pack.offered(group)) + 2) > BUTTONS:
            what = f"with [none of these] and [back] this group makes {count} buttons; {BUTTONS} is the most."
            raise PackError(file, f"group[{group}]", what)
