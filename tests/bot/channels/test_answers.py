"""What each answer means, on both platforms."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from bot.channels.answers import WORDLESS_WAIT
from bot.channels.bale import Bale
from bot.channels.base import Channel, Kind, Outcome
from bot.channels.telegram import Telegram

BOTH: list[Channel] = [Telegram(), Bale()]


def refusal(code: int, words: str, **parameters: Any) -> bytes:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
    return orjson.dumps(body | ({"parameters": parameters} if parameters else {}))


COMMON = [
    (400, "Bad Request: message is not modified: specified new message content is the same", Kind.SENT),
    (400, "Bad Request: query is too old and response timeout expired or query ID is invalid", Kind.SENT),
    (400, "Bad Request: message to edit not found", Kind.FRESH),
    (400, "Bad Request: message can't be edited", Kind.FRESH),
    (400, "Bad Request: there is no text in the message to edit", Kind.FRESH),
    (400, "Bad Request: message to be replied not found", Kind.FRESH),
    (400, "Bad Request: can't parse entities: Unsupported start tag", Kind.PLAIN),
    (400, "Bad Request: can't parse reply keyboard markup JSON object", Kind.REFUSED),
    (400, "Bad Request: message is too long", Kind.REFUSED),
    (400, "Bad Request: message text is empty", Kind.REFUSED),
    (400, "Bad Request: chat not found", Kind.GONE),
    (400, "Bad Request: USER_IS_BLOCKED", Kind.BLOCKED),
    (403, "Forbidden: bot was blocked by the user", Kind.BLOCKED),
    (403, "Forbidden: bot can't initiate conversation with a user", Kind.BLOCKED),
    (403, "Forbidden: user is deactivated", Kind.GONE),
    (403, "Forbidden: bot was kicked from the group chat", Kind.GONE),
    (403, "Forbidden: bot is not a member of the channel chat", Kind.GONE),
    (401, "Unauthorized", Kind.UNAUTHORIZED),
    (404, "Not Found", Kind.UNAUTHORIZED),
    (404, "Not Found: method not found", Kind.REFUSED),
    (409, "Conflict: terminated by other getUpdates request", Kind.CONFLICT),
    (500, "Internal Server Error", Kind.RETRY),
    (502, "Bad Gateway", Kind.UNCERTAIN),
    (504, "Gateway Timeout", Kind.UNCERTAIN),
]


@pytest.mark.parametrize("channel", BOTH, ids=lambda channel: channel.key)
@pytest.mark.parametrize(("code", "words", "kind"), COMMON)
def test_both_platforms_errors_have_one_meaning(channel: Channel, code: int, words: str, kind: Kind) -> None:
    assert channel.classify(code, refusal(code, words)).kind is kind
    assert channel.classify(200, refusal(code, words)).kind is kind


@pytest.mark.parametrize(
    ("code", "words", "kind"),
    [
        (404, "no such group or user", Kind.GONE),
        (404, "something unknown", Kind.REFUSED),
        (400, "Bad Request: Token not found", Kind.UNAUTHORIZED),
        (403, "permission_denied", Kind.BLOCKED),
        (400, "bot limit exceed", Kind.RETRY),
        (400, "local_rate_limited", Kind.RETRY),
    ],
)
def test_bale_has_words_of_its_own(code: int, words: str, kind: Kind) -> None:
    assert Bale().classify(code, refusal(code, words)).kind is kind


@pytest.mark.parametrize("channel", BOTH, ids=lambda channel: channel.key)
@pytest.mark.parametrize(
    ("body", "wait"),
    [
        (refusal(429, "Too Many Requests", retry_after=7), 7.0),
        (refusal(429, "Too Many Requests: retry after 12"), 12.0),
        (refusal(429, "slow down"), WORDLESS_WAIT),
        (refusal(429, "x", retry_after="soon"), WORDLESS_WAIT),
        (refusal(429, "x", retry_after=-3), 0.0),
        (b"<html>", WORDLESS_WAIT),
    ],
)
def test_being_too_fast_says_how_long_to_wait(channel: Channel, body: bytes, wait: float) -> None:
    outcome = channel.classify(429, body)
    assert (outcome.kind, outcome.retry_after) == (Kind.RETRY, wait)


def test_bale_s_wordless_limit_waits_too() -> None:
    assert Bale().classify(400, refusal(400, "local_rate_limited")).retry_after == WORDLESS_WAIT


@pytest.mark.parametrize("channel", BOTH, ids=lambda channel: channel.key)
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        *((status, Kind.UNCERTAIN) for status in (200, 500, 502, 504)),
        *((status, Kind.RETRY) for status in (302, 401, 403, 404, 503)),
        (413, Kind.REFUSED),
    ],
)
def test_a_page_of_a_gateway_says_nothing_about_token_or_person(channel: Channel, status: int, kind: Kind) -> None:
    assert channel.classify(status, b"<html>Forbidden</html>").kind is kind


@pytest.mark.parametrize(("status", "meant"), [(403, True), (503, True), (302, True), (400, False), (502, False)])
def test_a_filter_s_page_means_the_whole_platform(status: int, meant: bool) -> None:
    assert Bale().classify(status, b"<html>").unreachable is meant


@pytest.mark.parametrize("channel", BOTH, ids=lambda channel: channel.key)
@pytest.mark.parametrize("status", [200, 201, 400, 502])
def test_ok_means_sent_whatever_the_status_and_however_poor_the_result(channel: Channel, status: int) -> None:
    assert channel.classify(status, b'{"ok":true,"result":{"message_id":3}}').message_id == 3
    assert channel.classify(status, b'{"ok":true,"result":[{"message_id":4},{"message_id":5}]}').message_id == 4
    assert channel.classify(status, b'{"ok":true}') == Outcome(Kind.SENT)


def test_a_chat_that_moved_tells_its_new_id() -> None:
    body = refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100)
    outcome = Telegram().classify(400, body)
    assert (outcome.kind, outcome.chat) == (Kind.MIGRATED, -100)


def test_the_detail_holds_no_token_no_number_and_nothing_quoted_from_a_message() -> None:
    words = 'Bad Request: 123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ 09121234567 can\'t read\n"secret words"'
    assert Telegram().classify(400, refusal(400, words)).detail == "400 Bad Request: <token> <phone> can't read"


def test_half_a_character_in_an_answer_does_not_make_it_unreadable() -> None:
    outcome = Telegram().classify(200, b'{"ok":true,"result":{"message_id":3,"text":"a\\ud800"}}')
    assert (outcome.message_id, outcome.result["text"]) == (3, "a?")


@hypothesis(max_examples=100)
@given(st.integers(100, 599), st.binary(max_size=50) | st.just(b"[" * 100_000))
def test_no_answer_raises(status: int, body: bytes) -> None:
    assert isinstance(Bale().classify(status, body), Outcome)
