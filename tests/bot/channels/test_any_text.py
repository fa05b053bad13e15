"""Whatever people write arrives as written on both platforms, and within their limits."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from bot.channels.bale import Bale
from bot.channels.base import To
from bot.channels.limits import CAPTION, TEXT
from bot.channels.telegram import Telegram
from bot.channels.wire import encode
from bot.talk.limits import CAPTION_UNITS, TEXT_UNITS, units
from bot.talk.rich import FSI, PDI, Bold, Code, Link, Part, Plain, Rich, visible
from bot.talk.screen import Media, Screen
from tests.bot.channels import shown

LRI = "\u2066"
PHOTO = (Media("photo", 1),)
nasty = st.text(st.sampled_from('*_`[]()<>&" \n#آب1\u2060\u2068\u2069\u200c😀'), max_size=40)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
words = nasty | anything
parts: st.SearchStrategy[Part] = st.one_of(
    st.builds(Plain, words),
    st.builds(Bold, words),
    st.builds(Code, words),
    st.builds(Link, words, st.sampled_from(["https://x.ir/a_b", "https://x.ir/(a)?q=*[1]", "tel:137", ""])),
)
riches = st.lists(parts, max_size=6).map(tuple)


def seen(text: str) -> str:
    """Without what channels insert: isolates around codes, and U+2060."""
    return text.translate(dict.fromkeys(map(ord, LRI + PDI + FSI + "\u2060")))


@hypothesis(max_examples=100)
@given(riches)
def test_telegram_shows_the_words_and_marks_the_parts(rich: Rich) -> None:
    text = Telegram().message(Screen(rich), To(1)).params["text"]
    result = shown.of_html(text)
    kinds: dict[type[Any], str] = {Bold: "b", Code: "code", Link: "a"}
    marked = [(kinds[type(p)], p.text, getattr(p, "url", "")) for p in rich if not isinstance(p, Plain) and p.text]
    assert seen(result.text) == seen(visible(rich))
    assert result.marks == marked


@hypothesis(max_examples=100)
@given(riches)
def test_bale_shows_the_words_and_formats_nothing_that_people_wrote(rich: Rich) -> None:
    for call in (Bale().message(Screen(rich), To(1)), Bale().plain(Screen(rich), To(1))):
        result = shown.of_bale(call.params["text"])
        assert seen(result.text) == seen(visible(rich))
        ours = {seen(line).strip() for part in rich if not isinstance(part, Plain) for line in part.text.split("\n")}
        assert {seen(text).strip() for _, text, _ in result.marks} <= ours


@hypothesis(max_examples=100)
@given(riches)
def test_plain_text_is_the_words_alone(rich: Rich) -> None:
    assert seen(Telegram().plain(Screen(rich), To(1)).params["text"]) == seen(visible(rich))


@pytest.mark.parametrize("unit", ["*", "* ", "_ ", "](", "[a](b) ", "`", "```", "&<>", "😀", "ا", " *a*", "_x_ \n"])
@pytest.mark.parametrize(("media", "budget", "limit"), [((), TEXT_UNITS, TEXT), (PHOTO, CAPTION_UNITS, CAPTION)])
def test_the_longest_text_within_our_budget_fits(unit: str, media: Any, budget: int, limit: int) -> None:
    text = (unit * budget)[:budget] if units(unit) == len(unit) else unit * (budget // 2)
    field = "caption" if media else "text"
    screen = Screen((Bold("*"), Plain(text[:-60]), *(Code("1"),) * 59), media=media)
    bale = Bale().message(screen, To(1), ["id"] * len(media)).params[field]
    telegram = Telegram().message(screen, To(1), ["id"] * len(media)).params[field]
    assert units(bale) <= limit
    assert units(shown.of_html(telegram).text) <= limit
    assert shown.of_bale(bale).marks == []


@pytest.mark.parametrize(("media", "budget", "limit"), [((), TEXT_UNITS, TEXT), (PHOTO, CAPTION_UNITS, CAPTION)])
def test_a_text_of_nothing_but_codes_fits(media: Any, budget: int, limit: int) -> None:
    screen = Screen((Code("1"),) * budget, media=media)
    text = Telegram().message(screen, To(1), ["id"] * len(media)).params["caption" if media else "text"]
    assert units(shown.of_html(text).text) <= limit


@hypothesis(max_examples=100)
@given(st.dictionaries(st.sampled_from(["text", "chat_id", "reply_markup"]), words))
def test_a_form_arrives_as_it_was_written(params: dict[str, str]) -> None:
    body = encode(params).decode("ascii")
    assert dict(parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body))) == params


def test_half_a_character_never_stops_the_sender() -> None:
    assert encode({"text": "a\ud800b"}) == b"text=ab"
