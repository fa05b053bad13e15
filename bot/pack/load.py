"""Reads a pack from its folder. Cheap checks only: what takes longer stands in `bot.pack.check`."""

from __future__ import annotations

from pathlib import Path

from bot.errors import PackError
from bot.pack.answers import Answers, AnswersFile
from bot.pack.catalogue import Bodies, Catalogue, Departments
from bot.pack.city import City
from bot.pack.facts import Facts
from bot.pack.files import Files
from bot.pack.holidays import Holidays
from bot.pack.links import check_links
from bot.pack.mayor import load_mayor_message
from bot.pack.pack import Pack
from bot.pack.part import SOURCE, P, build, by_key
from bot.pack.phrases import Emergencies, Smalltalk
from bot.pack.places import Landmarks, load_areas
from bot.pack.portal import PortalFile
from bot.pack.texts import Texts, check_against_source, file_of, load_texts


def load_pack(folder: Path, overlay: Path | None = None) -> Pack:
    """The pack in `folder`, with what the overlay says differently. Raises PackError with file and key."""
    files = Files(folder, overlay)
    files.check()
    values = files.toml("city.toml")
    city = build(City, "city.toml", values)
    languages = city.languages.offered

    def read(file: str, model: type[P]) -> P:
        return build(model, file, files.toml(file), languages)

    catalogue = read("categories.toml", Catalogue)
    pack = Pack(
        files=files,
        city=city,
        facts=Facts.of("city.toml", values),
        groups=by_key("categories.toml", "group", catalogue.groups),
        categories=by_key("categories.toml", "category", catalogue.categories),
        advices=catalogue.advice,
        departments=by_key("departments.toml", "department", read("departments.toml", Departments).department),
        bodies=by_key("external.toml", "body", read("external.toml", Bodies).body),
        emergencies=tuple(by_key("emergency.toml", "rule", read("emergency.toml", Emergencies).rule).values()),
        smalltalk=_smalltalk(read("smalltalk.toml", Smalltalk)),
        answers=_answers(read("answers.toml", AnswersFile)),
        landmarks=by_key("landmarks.toml", "landmark", read("landmarks.toml", Landmarks).landmark),
        areas=load_areas("areas.geojson", files.text("areas.geojson"), languages),
        holidays=read("holidays.toml", Holidays),
        news=read("portal.toml", PortalFile).news,
        mayor=load_mayor_message("mayor_message.md", files.text("mayor_message.md")),
        texts={lang: _texts(files, lang) for lang in languages},
    )
    check_links(pack)
    for texts in pack.texts.values():
        check_against_source(texts, pack.texts[SOURCE])
    return pack


def _smalltalk(read: Smalltalk) -> dict[str, tuple[str, ...]]:
    kinds = by_key("smalltalk.toml", "kind", read.kind)
    return {key: kind.every_phrase for key, kind in kinds.items()}


def _answers(read: AnswersFile) -> Answers:
    return Answers(by_key("answers.toml", "answer", read.answer), read.hollow.every_phrase)


def _texts(files: Files, lang: str) -> Texts:
    texts = load_texts(lang, files.text(file_of(lang)))
    if not texts.messages:
        raise PackError(file_of(lang), "", "there is not one text in this file.")
    return texts
