"""Commands: one command, one call. What goes wrong is one line with name and cure, and an exit code that is not 0."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from bot.errors import CityError, OperatorError, StorageFull
from bot.settings import load_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code. Without any it tells what there is."""
    os.umask(0o077)  # whatever we write may hold what citizens wrote: this user's alone
    given = sys.argv[1:] if arguments is None else list(arguments)
    parser = make_parser()
    if not given:
        parser.print_help()
        return 0
    try:
        _check_known(given[0], tuple(parser.commands))
        options = parser.parse_args(given)
        code: int = options.command(options)
    except OperatorError as error:
        return _failed(str(error))
    except StorageFull as error:
        return _failed(f"Nothing can be written ({error}). Make room, or give access to DATABASE_URL and DATA_DIR.")
    except CityError as error:
        return _failed(f"It did not work: {str(error) or type(error).__name__}. Try again.", 1)
    except OSError as error:
        return _failed(f"{error.filename or 'The system'}: {error.strerror or error}. Make room, or give access to it.")
    except KeyboardInterrupt:
        return 130
    return code


def _failed(line: str, code: int = 2) -> int:
    print(line, file=sys.stderr)
    return code


class _Parser(argparse.ArgumentParser):
    """Wrong arguments are one line too. `commands`: those that there are, by name."""

    commands: Mapping[str, argparse.ArgumentParser] = MappingProxyType({})

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See: python bot.py --help\n")


def make_parser() -> _Parser:
    """All commands; `docs/commands.md` is made of it."""
    parser = _Parser(prog="bot.py", description="A city in your messenger.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, what: str, call: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
        made.set_defaults(command=call)
        return made

    command("run", "the service", _run)
    demo = command("demo", "try it on this machine: no token, no server", _demo)
    demo.add_argument("--keep", action="store_true", help="keep what the last demo filed")
    invite = command("invite", "make a one-time link into a role, also without a network", _invite)
    invite.add_argument("role", metavar="ROLE", help="dispatcher, officer, manager, editor or admin")
    invite.add_argument("--department", metavar="KEY", default="", help="its key, for officer and manager")
    invite.add_argument("--channel", choices=("telegram", "bale"), default="", help="where it must be used (anywhere)")
    doctor = command("doctor", "look at everything that the service needs, and say what to do", _doctor)
    doctor.add_argument("--live", metavar="CHAT", type=int, help="try a real platform, writing to this chat alone")
    doctor.add_argument("--channel", choices=("telegram", "bale"), default="bale", help="which one (bale)")
    backup = command("backup", "write database and files into one archive, also while the service runs", _backup)
    backup.add_argument("file", metavar="FILE", type=Path, help="a new .tar.gz, or a folder for a dated one")
    restore = command("restore", "put a backup in the place of what is there; the service must not run", _restore)
    restore.add_argument("file", metavar="FILE", type=Path, help="an archive made by backup")
    release = command("release", "show what a restore holds back; send it or drop it", _release)
    choice = release.add_mutually_exclusive_group()
    choice.add_argument("--send", dest="what", action="store_const", const="send", help="the service sends all of it")
    choice.add_argument("--drop", dest="what", action="store_const", const="drop", help="none of it is ever sent")
    command("migrate", "bring the database to this program's version; a start does it too", _migrate)
    retry = command("retry", "handle updates again whose handling failed", _retry)
    retry.add_argument("--list", action="store_true", help="only show them")
    command(
        "reload", "check the city pack and let the running service go on with it; a wrong one changes nothing", _reload
    )
    check = command("check-pack", "look through the city pack, file and key in each finding", _check_pack)
    check.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, help="the pack (that of CITY)")
    parser.commands = commands.choices
    return parser


def _check_known(name: str, names: Sequence[str]) -> None:
    """Raises OperatorError for a command that does not exist, with its neighbours."""
    if not name.startswith("-") and name not in names:
        near = get_close_matches(name, names, n=2)
        cure = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(names)}."
        raise OperatorError(f"There is no command {name!r}.", cure)


def _tell(lines: Iterable[str]) -> int:
    for line in lines:
        print(line, flush=True)
    return 0


def _run(options: argparse.Namespace) -> int:
    from bot.app import App
    from bot.clock import SystemClock
    from bot.logs import set_up

    settings = load_settings()
    set_up(settings.log_level, settings.log_format, (settings.telegram_token, settings.bale_token))

    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # one that comes before we can read the pack anew ends nothing

    async def serve(stop: asyncio.Event) -> None:
        async with App(settings, SystemClock()) as app:
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, app.renew_soon)
            await app.run(stop)

    return _serve(serve)


def _demo(options: argparse.Namespace) -> int:
    from bot.clock import TurnedClock
    from bot.demo import serve_demo
    from bot.logs import set_up

    settings = load_settings()
    # What the service tells an operator would only hide the address here.
    set_up("warning" if settings.log_level == "info" else settings.log_level, settings.log_format, ())

    async def serve(stop: asyncio.Event) -> None:
        await serve_demo(settings, TurnedClock(), _tell_address, keep=options.keep, stop=stop)

    return _serve(serve)


def _tell_address(address: str) -> None:
    _tell([f"Shahr137 demo: {address}   (Ctrl-C ends it)"])


def _serve(part: Callable[[asyncio.Event], Awaitable[None]]) -> int:
    """Run until SIGTERM or Ctrl-C; both stop in order."""
    import uvloop

    async def until_stopped() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await part(stop)

    uvloop.run(until_stopped())
    return 0


def _invite(options: argparse.Namespace) -> int:
    from bot.clock import SystemClock
    from bot.inviting import Wish, invite

    wish = Wish(options.role, options.department, options.channel)
    return _tell(asyncio.run(invite(load_settings(), SystemClock(), wish)))


def _doctor(options: argparse.Namespace) -> int:
    from bot.doctor import examine, try_live

    if options.live is not None:
        return _tell(asyncio.run(try_live(load_settings(), options.channel, options.live, _ask)))
    findings = asyncio.run(examine())
    _tell(str(finding) for finding in findings)
    return 2 if any(finding.stops for finding in findings) else 0


def _ask(question: str) -> bool:
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def _backup(options: argparse.Namespace) -> int:
    from bot.backup import make_backup
    from bot.clock import SystemClock

    return _tell([make_backup(load_settings(), SystemClock(), options.file)])


def _restore(options: argparse.Namespace) -> int:
    from bot.restore import restore

    return _tell(restore(load_settings(), options.file))


def _release(options: argparse.Namespace) -> int:
    from bot.upkeep import release

    return _tell(release(load_settings(), options.what or ""))


def _migrate(options: argparse.Namespace) -> int:
    from bot.upkeep import migrate

    return _tell(migrate(load_settings()))


def _retry(options: argparse.Namespace) -> int:
    from bot.upkeep import list_failed, retry

    return _tell((list_failed if options.list else retry)(load_settings()))


def _reload(options: argparse.Namespace) -> int:
    from bot.upkeep import renew

    lines, done = renew(load_settings())
    _tell(lines)
    return 0 if done else 2


def _check_pack(options: argparse.Namespace) -> int:
    from bot.upkeep import check

    lines, usable = check(options.folder or load_settings().city)
    _tell(lines)
    return 0 if usable else 2
