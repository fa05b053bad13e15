from __future__ import annotations

from bot.pack import Pack
from bot.pack.texts import load_texts

SOURCE = """# a comment
## btn-
btn-yes = بله

saved =
    ثبت شد:
    { $code }

days =
    { $days ->
        [one] { $days } day, { $code }
       *[other] { $days } days
}
"""


def test_a_message_is_cut_out_with_its_continuations() -> None:
    texts = load_texts("fa", SOURCE)
    assert list(texts.messages) == ["btn-yes", "saved", "days"]
    assert texts.messages["saved"] == "saved =\n    ثبت شد:\n    { $code }\n"
    assert texts.messages["days"].endswith("days\n}\n")


def test_placeables_are_seen_in_plurals_too() -> None:
    texts = load_texts("fa", SOURCE)
    assert texts.placeables("days") == {"days", "code"}
    assert texts.placeables("btn-yes") == set()


def test_persian_and_english_are_whole_and_the_others_have_the_citizens_core(qorveh: Pack) -> None:
    assert not qorveh.missing_texts("fa")
    assert not qorveh.missing_texts("en")
    for lang in ("ckb", "az"):
        core = (
            "report-",
            "mine-",
            "case-",
            "err-",
            "start-",
            "cmd-",
            "menu-",
            "help-",
            "set-",
            "export-",
            "place-",
            "time-",
        )
        assert not [text for text in qorveh.missing_texts(lang) if text.startswith(core) and text != "start-official"]


def test_the_sources_are_given_whole_for_whoever_parses_them(qorveh: Pack) -> None:
    assert set(qorveh.ftl) == {"fa", "ckb", "az", "en"}
    assert "btn-report =" in qorveh.ftl["fa"]
    assert "btn-report" in qorveh.text_ids("ckb")
