import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understand.danger import Danger, Rule
from bot.understand.normalise import tokens

WORDS = st.sampled_from(["alpha", "beta", "gamma", "delta", "کوچه", "ما"])


def one(phrase: str, unless: tuple[str, ...] = ()) -> Danger:
    return Danger([Rule("fire", ("125",), "fire", "urgent", [phrase], unless)])


def keys(danger: Danger, text: str) -> list[str]:
    return [kind.key for kind in danger.find(text)]


@given(st.integers(min_value=0, max_value=6))
def test_neighbours_of_a_phrase_may_stand_two_words_apart_and_no_more(apart: int) -> None:
    text = " ".join(["خونه", *["کوچه"] * apart, "میسوزه"])
    assert bool(one("خونه میسوزه").find(text)) == (apart <= 2)


@given(st.integers(min_value=0, max_value=6))
def test_a_plus_binds_two_words_as_neighbours(apart: int) -> None:
    text = " ".join(["بوی", *["بد"] * apart, "گاز"])
    assert bool(one("بوی+گاز").find(text)) == (apart == 0)


@settings(max_examples=100)
@given(st.lists(WORDS, min_size=1, max_size=3), st.lists(WORDS, max_size=12))
def test_the_matcher_agrees_with_trying_all_places(phrase: list[str], text: list[str]) -> None:
    def stands(step: int, place: int) -> bool:
        if step == len(phrase):
            return True
        near = range(len(text)) if step == 0 else range(place + 1, min(place + 4, len(text)))
        return any(text[here] == phrase[step] and stands(step + 1, here) for here in near)

    assert bool(one(" ".join(phrase)).find(" ".join(text))) == stands(0, -1)


def test_whole_words_only() -> None:
    assert not one("دزد").find("دزدگیر ماشین صدا میده")


def test_the_wrong_order_is_no_match() -> None:
    assert not one("چاقو کشیده").find("کشیده شد چاقو")


def test_half_space_joined_prefix_and_arabic_letters_match_the_plain_phrase() -> None:
    assert one("خونه میسوزه").find("خونه می‌سوزه")
    assert one("تاریکی گرفته").find("تاريكي گرفته")


def test_unless_takes_a_match_of_its_kind_back() -> None:
    danger = one("دعوا شده", unless=("سر پارک",))
    assert danger.find("تو کوچه دعوا شده")
    assert not danger.find("سر پارک ماشین دعوا شده")


def test_the_reason_is_the_phrase_of_the_pack_and_not_the_words_of_the_citizen() -> None:
    (kind,) = one("خونه میسوزه").find("خونه علی رضایی میسوزه")
    assert (kind.reason, kind.numbers, kind.tone) == ("خونه میسوزه", ("125",), "urgent")


def test_a_phrase_without_words_finds_nothing() -> None:
    assert not one("!").find("هر چیزی")


@settings(max_examples=30)
@given(st.data())
def test_every_phrase_of_the_pack_finds_its_own_kind_unless_taken_back(rules: list[Rule], data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(rules))
    phrase = data.draw(st.sampled_from(list(rule.phrases)))
    assert keys(Danger([rule]), f"سلام {phrase} لطفا") == [rule.key]


def test_kinds_come_in_the_order_of_the_rules(danger: Danger, rules: list[Rule]) -> None:
    found = keys(danger, "بوی گاز میاد و خونه آتیش گرفته یکی زخمی شده")
    assert found == [rule.key for rule in rules if rule.key in {"gas", "fire", "medical"}]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("کمک کنید طبقه دوم ساختمون روبرویی آتیش گرفته", "fire"),
        ("از صبح تو راه‌پله بوی گاز پیچیده", "gas"),
        ("مادربزرگم از هوش رفته", "medical"),
        ("بابام بیهوش شده و نفس نمی‌کشه", "medical"),
        ("دیگه از زندگی خسته شدم", "despair"),
        ("ماڵی دراوسێکەمان ئاگری گرتووە", "fire"),
        ("قونشونون ائوینده یانغین وار", "fire"),
        ("there is a strong smell of gas in our stairwell", "gas"),
        ("khoone hamsayeh atish gerefte", "fire"),
    ],
)
def test_dangers_in_our_own_words(danger: Danger, text: str, key: str) -> None:
    assert key in keys(danger, text)


@pytest.mark.parametrize(
    "text",
    [
        "سلام",
        "لامپ کوچه سوخته",
        "قبض گاز خیلی گرون شده",
        "گربه مرده افتاده کنار جوب",
        "چۆنن؟",
        "چراغ یانمیر",
        "the bin is full",
    ],
)
def test_everyday_texts_alarm_nobody(danger: Danger, text: str) -> None:
    assert keys(danger, text) == []


def test_despair_is_answered_calmly(danger: Danger) -> None:
    (kind,) = danger.find("میخوام بمیرم")
    assert (kind.tone, kind.numbers) == ("calm", ("123", "115"))


def test_a_text_of_one_word_repeated_is_still_searched_to_its_end() -> None:
    text = "گاز " * 1_000 + "نشت کرده"
    assert len(tokens(text)) == 1_002
    assert one("گاز نشت کرده").find(text)
