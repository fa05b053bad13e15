"""Logs: one event a line, tokens and phone numbers masked, whoever writes."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import structlog

from bot.channels.redact import Redactor


class _OneLine(structlog.stdlib.ProcessorFormatter):
    """One event, one line: whoever reads a log in a terminal must not be written to by what people sent."""

    def format(self, record: logging.LogRecord) -> str:
        return one_line(super().format(record))


def one_line(text: str) -> str:
    """The text with line ends, controls, overrides and other letters that don't show written as \\n, \\x1b, \\u202e."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def set_up(level: str, form: str, tokens: Iterable[str]) -> None:
    """Give structlog and the standard library's loggers the same form. httpx would print addresses with tokens."""
    redactor = Redactor(tokens)
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        redactor,
    ]
    end = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.addFilter(redactor)
    handler.setFormatter(
        _OneLine(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, end],
            keep_exc_info=True,  # the traceback of another library's event, masked by the handler's filter
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in ("httpx", "httpcore", "aiosqlite", "alembic", "asyncio", "uvicorn", "apscheduler", "telegram"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
