"""Secrets and phone numbers stay out of logs."""

from __future__ import annotations

import io
import logging

import pytest
import structlog

from bot.channels.redact import Redactor, redact

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz_-1"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"POST https://api.x/bot{TOKEN}/getMe", "POST https://api.x/bot<token>/getMe"),
        ("call 09121234567 or +98 912", "call <phone> or +98 912"),
        ("+989121234567", "<phone>"),
        ("۰۹۱۲۱۲۳۴۵۶۷ و ۰۹۱۲ ۱۲۳ ۴۵۶۷", "<phone> و <phone>"),
        ("at 12:30 chat 5137000123 took 1800000000123 ms", "at 12:30 chat 5137000123 took 1800000000123 ms"),
        ("code 1234 5678", "code 1234 5678"),
    ],
)
def test_what_is_secret_is_masked_and_the_rest_stays(text: str, masked: str) -> None:
    assert redact(text) == masked


def test_a_configured_token_of_another_shape_is_masked() -> None:
    assert Redactor(["9:short", ""]).mask("bot9:short/x") == "bot<token>/x"


def log(*args: object, exc_info: bool = False) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redactor())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    logger.error(*args, exc_info=exc_info)
    return stream.getvalue()


def test_the_filter_masks_words_and_arguments() -> None:
    assert log("%s of %s", TOKEN, "09121234567") == "<token> of <phone>\n"


def test_the_filter_masks_tracebacks() -> None:
    try:
        raise ValueError(TOKEN)
    except ValueError:
        written = log("failed", exc_info=True)
    assert "ValueError: <token>" in written
    assert TOKEN not in written


def test_the_processor_masks_values_however_deep_and_tracebacks() -> None:
    logger = structlog.wrap_logger(structlog.ReturnLogger(), processors=[Redactor(), lambda _l, _m, event: str(event)])
    try:
        raise ValueError(TOKEN)
    except ValueError:
        written = logger.error(TOKEN, url={"a": [TOKEN]}, body=TOKEN.encode(), count=3, exc_info=True)
    assert TOKEN not in written
    assert "ValueError: <token>" in written
    assert "'count': 3" in written


def test_a_page_of_digits_costs_little() -> None:
    page = "1" * 200_000
    assert redact(page) == page
