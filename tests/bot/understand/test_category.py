import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understand.category import SHOWN, Categories
from bot.understand.features import features
from bot.understand.gate import Gate
from bot.understand.vectors import Weighing


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("چراغ برق سر کوچه‌ی ما چند شبه خاموشه", "street_light"),
        ("وسط بلوار یه چاله بزرگ درست شده", "pothole"),
        ("سگهای ولگرد دور مدرسه جمع میشن", "stray_animals"),
        ("ماشین زباله نیومده آشغالها مونده", "waste_collection"),
        ("چرای شەقامەکەمان داگیرسانی نییە و شەقام تاریکە", "street_light"),
        ("کوچه‌میزده زیبیل قالیب آپارمیرلار", "waste_collection"),
        ("cheragh kuche khamushe shabha tarike", "street_light"),
        ("cheraghe rahnamaei chaharrah kharabe", "traffic_light"),
    ],
)
def test_plain_reports_in_our_own_words_get_their_category(categories: Categories, text: str, key: str) -> None:
    assert key in [suggestion.key for suggestion in categories.suggest(text)]


@pytest.mark.parametrize(
    "text", ["", "😀", "qwrtp", "سلام خسته نباشید", "مرسی", "فردا هوا چطوره", "سوپاس", "hello how are you"]
)
def test_silence_where_nothing_fits(categories: Categories, text: str) -> None:
    assert categories.suggest(text) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["چراغ", "کوچه", "زباله", "سگ", "چاله", "آب", "تابلو", "qwe"]), max_size=12).map(" ".join)
)
def test_at_most_three_different_categories_best_first(categories: Categories, text: str) -> None:
    found = categories.suggest(text)
    scores = [suggestion.score for suggestion in found]
    assert len({suggestion.key for suggestion in found}) == len(found) <= SHOWN
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_what_is_far_behind_the_best_is_not_shown(categories: Categories) -> None:
    text = "سرعت‌گیر لازم داریم"
    assert len(categories.nearest(text)) == SHOWN
    assert [suggestion.key for suggestion in categories.suggest(text)] == ["speed_bump"]


@pytest.mark.parametrize("text", ["اینجا رو ببینید", "وضع اینجا خیلی بده", "یکی بیاد درستش کنه", "هر روز همین بساطه"])
def test_a_complaint_that_names_nothing_meets_silence(categories: Categories, text: str) -> None:
    assert categories.suggest(text) == ()


def test_the_same_examples_give_the_same_suggester() -> None:
    examples = [("چراغ خاموش است", "light"), ("زباله مانده", "waste"), ("سلام خوبی", "")]
    one, two = (Categories.learn(examples, {"light": ["لامپ"]}) for _ in range(2))
    assert one.suggest("چراغ و لامپ") == two.suggest("چراغ و لامپ") != ()


def test_keywords_alone_teach_a_category() -> None:
    categories = Categories.learn([("سلام خوبی", "")], {"light": ["لامپ سوخته"], "waste": ["سطل زباله"]})
    assert [suggestion.key for suggestion in categories.suggest("لامپ سوخته")][:1] == ["light"]


def test_nothing_learnt_says_nothing() -> None:
    assert Categories.learn([], {}).suggest("چراغ خاموش است") == ()


def test_the_reason_holds_only_what_the_examples_hold() -> None:
    examples = [("چراغ کوچه خاموش", "light"), ("سلام", "")]
    suggester, text = Categories.learn(examples, {}), "چراغ خاموش علیرضا"
    (suggestion,) = suggester.suggest(text)
    known = {feature for text, _ in examples for feature in features(text)}
    reason = suggester.reason(text, suggestion.key)
    assert reason
    assert set(reason.split(", ")) <= known


def test_the_end_of_a_very_long_text_costs_nothing() -> None:
    assert features("چراغ " * 900) == features("چراغ " * 60)


def test_words_never_learnt_make_less_sure() -> None:
    weighing = Weighing([features("چراغ خاموش"), features("سلام")])
    gate = Gate([weighing.read("چراغ خاموش"), weighing.read("سلام")], [True, False])
    known, diluted = (gate.score(weighing.read(text)) for text in ("چراغ خاموش", "چراغ خاموش تپلوک جغجغه"))
    assert 0 < diluted < known
