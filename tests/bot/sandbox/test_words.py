"""What the platforms make of words and markup."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox import profile, words
from bot.sandbox.html import read_html
from bot.sandbox.markdown import read_markdown
from bot.sandbox.message import Entity
from bot.sandbox.refusal import ApiError


def test_html_becomes_visible_text_with_entities_in_utf16_units() -> None:
    text, entities = read_html('🏙 <b>شهر</b> &lt;<a href="https://x.ir?a=1&amp;b=2">link</a>&#39;')
    assert text == "🏙 شهر <link'"
    assert entities == [Entity("bold", 3, 3), Entity("text_link", 8, 4, "https://x.ir?a=1&b=2")]


@pytest.mark.parametrize(
    "source",
    ["<b>open", "a < b", "<script>x</script>", "</b>", "<b><i>x</b></i>", "<span>x</span>", "<br>", "<b"],
)
def test_html_that_telegram_can_not_parse_is_refused(source: str) -> None:
    with pytest.raises(ApiError, match="400 Bad Request: can't parse entities"):
        read_html(source)


@pytest.mark.parametrize(
    "source",
    [
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
        "<code>a<b>b</b></code>",
        "<pre><i>x</i></pre>",
    ],
)
def test_tags_that_may_not_stand_in_each_other_are_refused(source: str) -> None:
    with pytest.raises(ApiError, match="nested"):
        read_html(source)


def test_a_language_in_a_preformatted_block_is_allowed() -> None:
    assert read_html('<pre><code class="language-py">x</code></pre>')[0] == "x"


def test_an_unknown_reference_stays_as_typed() -> None:
    assert read_html("R&D &nbsp;")[0] == "R&D &nbsp;"


@settings(max_examples=100)
@given(st.text())
def test_escaped_text_is_seen_as_it_was(text: str) -> None:
    assert read_html(html.escape(text)) == (text, [])


def test_bale_reads_its_markdown_and_leaves_the_visible_text() -> None:
    text, entities = read_markdown("*سلام* به [سایت](https://x.ir) و _کج_\n```[بیشتر]متن```")
    assert text == "سلام به سایت و کج\nبیشتر\nمتن"
    assert [each.kind for each in entities] == ["bold", "text_link", "italic", "pre"]
    assert entities[1] == Entity("text_link", 8, 4, "https://x.ir")


@pytest.mark.parametrize("source", ["2*3*4", "snake_case_name", "a*b", "*", "<b>x</b>", "[x] (y)", "*a\nb*"])
def test_bale_leaves_alone_what_is_no_markup(source: str) -> None:
    assert read_markdown(source) == (source, [])


def test_ends_are_trimmed_and_entities_move_along() -> None:
    text, entities = words.read(profile.telegram(), "\n <b> x</b> \n", "HTML")
    assert (text, entities) == ("x", (Entity("bold", 0, 1),))


def test_length_counts_utf16_units_after_the_markup_is_read() -> None:
    fits = words.read(profile.telegram(), f"<b>{'🏙' * 2048}</b>", "HTML")
    assert words.check_text(fits) == fits
    with pytest.raises(ApiError, match="message is too long"):
        words.check_text(words.read(profile.telegram(), "🏙" * 2048 + "x", None))


def test_direction_overrides_and_control_characters_do_not_get_through_telegram() -> None:
    assert words.clean("a\u202eb\x00c\r\n") == "ab c\n"
