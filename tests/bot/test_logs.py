"""One event is one line, whatever somebody wrote, and holds no secret."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog

from bot.logs import one_line, set_up

TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NASTY = "a\nb\x1b[31mred\x07\u202eevil\u2028\x9bend"


Lines = Callable[[], list[str]]


@pytest.fixture(params=["console", "json"])
def lines(request: pytest.FixtureRequest) -> Iterator[Lines]:
    """What was logged since, line by line."""
    root = logging.getLogger()
    level = root.level
    set_up("info", request.param, [TOKEN])
    (ours,) = root.handlers
    assert isinstance(ours, logging.StreamHandler)
    written = io.StringIO()
    ours.setStream(written)
    yield lambda: written.getvalue().splitlines()
    root.removeHandler(ours)
    root.setLevel(level)
    structlog.reset_defaults()


def test_our_own_events_are_one_line_each_without_controls(lines: Lines) -> None:
    structlog.get_logger("x").warning("event", what=NASTY)
    (line,) = lines()
    assert line.isprintable()
    assert "evil" in line


def test_other_libraries_and_their_tracebacks_are_one_line_each(lines: Lines) -> None:
    try:
        raise ValueError(NASTY)
    except ValueError:
        logging.getLogger("other").exception("it failed: %s", NASTY)
    (line,) = lines()
    assert line.isprintable()
    assert "Traceback" in line


def test_tokens_and_phone_numbers_are_masked(lines: Lines) -> None:
    structlog.get_logger("x").error("event", url=f"https://host/bot{TOKEN}/getMe", from_="09121234567")
    logging.getLogger("other").warning("call %s of %s", TOKEN, "+98 912 123 4567")
    said = "\n".join(lines())
    assert TOKEN not in said
    assert "4567" not in said


def test_a_line_that_can_be_shown_stays_as_it_is() -> None:
    assert one_line("چراغ خاموش است") == "چراغ خاموش است"
    assert one_line("a\nb\x1b") == "a\\nb\\x1b"
