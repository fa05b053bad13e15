"""Commands: one command, one call. What goes wrong is one line with name and cure, and an exit code that is not 0."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence

from bot.errors import CityError, OperatorError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except OperatorError as error:
        print(str(error), file=sys.stderr)
        return 2
    except CityError as error:
        print(f"It did not work: {error}", file=sys.stderr)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot.py", description="A city in your messenger.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="the service")
    run.set_defaults(command=_run)
    demo = commands.add_parser("demo", help="try it on this machine: no token, no server")
    demo.add_argument("--keep", action="store_true", help="keep what the last demo filed")
    demo.set_defaults(command=_demo)
    return parser


def _run(options: argparse.Namespace) -> int:
    import uvloop

    from bot.app import App
    from bot.clock import SystemClock
    from bot.logs import set_up
    from bot.settings import load_settings

    settings = load_settings()
    set_up(settings.log_level, settings.log_format, (settings.telegram_token, settings.bale_token))

    async def serve() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        async with App(settings, SystemClock()) as app:
            await app.run(stop)

    uvloop.run(serve())
    return 0


def _demo(options: argparse.Namespace) -> int:
    import uvloop

    from bot.clock import SystemClock
    from bot.demo import serve_demo
    from bot.logs import set_up
    from bot.settings import load_settings

    settings = load_settings()
    # What the service tells an operator would only hide the address here.
    set_up("warning" if settings.log_level == "info" else settings.log_level, settings.log_format, ())

    async def serve() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await serve_demo(settings, SystemClock(), _tell, keep=options.keep, stop=stop)

    uvloop.run(serve())
    return 0


def _tell(address: str) -> None:
    print(f"Shahr137 demo: {address}   (Ctrl-C ends it)", flush=True)
