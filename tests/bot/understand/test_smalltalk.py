import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understand.smalltalk import LONGEST, Smalltalk

SMALL = Smalltalk({"cancel": ["لغو", "لغو کن"], "thanks": ["ممنون"], "greeting": ["سلام", "خسته نباشید"]})


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["سلام", "خسته نباشید", "سلااااام!", "👋"]), min_size=1, max_size=3))
def test_a_message_of_greetings_alone_is_a_greeting(parts: list[str]) -> None:
    expected = None if set(parts) == {"👋"} else "greeting"
    assert SMALL.find(" ".join(parts)) == expected


def test_one_word_more_and_it_says_something() -> None:
    assert SMALL.find("سلام چراغ") is None
    assert SMALL.find("خسته شدم") is None


def test_the_kind_that_stands_first_wins() -> None:
    assert SMALL.find("سلام، ممنون، لغو کن") == "cancel"
    assert SMALL.find("سلام ممنون") == "thanks"


def test_a_long_message_is_never_small_talk() -> None:
    assert SMALL.find("سلام " * LONGEST) == "greeting"
    assert SMALL.find("سلام " * (LONGEST + 1)) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("سلام وقتتون بخیر", "greeting"),
        ("سڵاو، چۆنن؟", "greeting"),
        ("سالام یورولمایین", "greeting"),
        ("Hello, good evening", "greeting"),
        ("salam khaste nabashid", "greeting"),
        ("خیلی ممنون دستتون درد نکنه", "thanks"),
        ("زۆر سوپاس", "thanks"),
        ("چوخ ساغ اولون", "thanks"),
        ("سلام راهنمایی میخوام", "help"),
        ("یارمەتیم بدەن", "help"),
        ("کؤمک ائدین", "help"),
        ("بی‌خیال", "cancel"),
        ("Never mind!", "cancel"),
    ],
)
def test_small_talk_of_the_pack(smalltalk: Smalltalk, text: str, kind: str) -> None:
    assert smalltalk.find(text) == kind


@pytest.mark.parametrize(
    "text", ["", "کمک کنید خونه آتیش گرفته", "سلام سطل زباله ندارید", "گاز", "۴۷۲۹ ۱۵۳۸", "help my son is hurt"]
)
def test_what_says_something_is_no_small_talk(smalltalk: Smalltalk, text: str) -> None:
    assert smalltalk.find(text) is None
