import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understand.normalise import compact_label, latin_digits, normalise, tokens

LETTERS = "ابپتسشکگمنهویيىكةۀأإآەێۆڕڵؤئۇaçşzİ"
SIGNS = " \u200c\u200f\u2068\u2069\u0640\u064b\u0651.,،؛؟«»!-_/()😀️⃣"
TYPED = st.text(alphabet=LETTERS + SIGNS + "0٣۴", max_size=60)


@given(st.text(max_size=80))
def test_what_is_left_is_words_with_single_spaces(text: str) -> None:
    words = normalise(text)
    assert words == " ".join(words.split())
    assert all(char.isalnum() or char == " " for char in words)


@given(TYPED)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(TYPED, TYPED)
def test_the_half_space_and_the_space_are_the_same(one: str, other: str) -> None:
    assert tokens(f"{one}\u200c{other}") == tokens(f"{one} {other}")


@given(st.text(alphabet="ەێۆڕڵؤئۇ", min_size=1, max_size=8))
def test_letters_of_sorani_and_azerbaijani_stay(word: str) -> None:
    assert set(normalise(word)) == set(word)


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_of_three_scripts_are_one_number(number: int) -> None:
    latin = str(number)
    persian = latin.translate({ord("0") + n: 0x6F0 + n for n in range(10)})
    arabic = latin.translate({ord("0") + n: 0x660 + n for n in range(10)})
    assert latin_digits(persian) == latin_digits(arabic) == latin
    assert normalise(persian) == normalise(arabic) == latin


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("كتابي", "کتابی"),
        ("خانهٔ ما", "خانه ما"),
        ("سلاااااام", "سلام"),
        ("می‌سوزه", "میسوزه"),
        ("نمی شود", "نمیشود"),
        ("آبِ کوچـــه!", "اب کوچه"),
        ("پلاک ۱۰۰۰", "پلاک 1000"),
        ("Street-LAMP", "street lamp"),
        ("\u2068بوی گاز\u2069", "بوی گاز"),
    ],
)
def test_spellings_of_everyday(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


def test_an_end_with_the_lone_prefix_keeps_it() -> None:
    assert tokens("داره می") == ("داره", "می")


@pytest.mark.parametrize(
    "typed", ["📢 ثبت گزارش", "ثبت گزارش", "ثبت‌گزارش", "ثبت گزارش!", "  ثبت  كزارش".replace("كز", "گز")]
)
def test_a_label_is_known_pressed_or_typed(typed: str) -> None:
    assert compact_label(typed) == compact_label("📢 ثبت گزارش")


def test_a_label_of_pictures_alone_has_no_key() -> None:
    assert compact_label("ℹ️ 📢") == ""


@settings(max_examples=50)
@given(st.text(max_size=40))
def test_latin_digits_touches_nothing_but_digits(text: str) -> None:
    kept = [(old, new) for old, new in zip(text, latin_digits(text), strict=True) if old != new]
    assert all(old.isdecimal() and int(old) == int(new) for old, new in kept)
