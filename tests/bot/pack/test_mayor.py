from __future__ import annotations

from hashlib import sha256

from bot.pack import Pack
from bot.pack.mayor import load_mayor_message

# Of the seven paragraphs and the signature as the mayor's office wrote them, joined by empty lines.
ORIGINAL = "d81bdae7283a193df9c6cb5367492836b44f6a39506563af78a2323b31968de9"


def test_the_mayors_message_is_word_for_word_the_original(qorveh: Pack) -> None:
    assert sha256(qorveh.mayor.text.encode()).hexdigest() == ORIGINAL


def test_it_has_seven_paragraphs_and_a_signature(qorveh: Pack) -> None:
    assert len(qorveh.mayor.paragraphs) == 7
    assert qorveh.mayor.signature == "عباس سنتی/ خدمتگزار مردم"
    assert qorveh.mayor.title == "پیام شهردار"


def test_its_old_spelling_and_latin_digits_are_kept(qorveh: Pack) -> None:
    assert "سامانه 137" in qorveh.mayor.text
    assert "زبان ها" in qorveh.mayor.text


def test_what_the_page_carries_beside_the_message_is_not_part_of_it() -> None:
    text = "یک\n\nامضا"
    head = f"---\ntitle: t\nsignature: امضا\nparagraphs: 1\nbody_sha256: {sha256(text.encode()).hexdigest()}\n---\n"
    message = load_mayor_message(
        "mayor_message.md", f"{head}<!-- a note\n\nof two parts -->\n\n# t\n\n  یک \n\n\nامضا\n"
    )
    assert message.text == text
