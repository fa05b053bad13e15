"""The pages that list settings and commands, made of the lists themselves: `python -m bot.reference` writes them anew.

A test holds them true, so that nothing can be set or typed that is not documented.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from bot.cli import make_parser
from bot.settings import ROOT, SETTINGS, Setting

SETTINGS_HEAD = """# Settings
Variables of the environment, or lines of the file `.env` in the project's folder (the environment goes before the
file). Only a token is needed; everything else has a value already. A wrong value stops the start with one line that
names the variable. Relative paths start at the project's folder. `python bot.py doctor` looks at all of them.

| variable | default | meaning |
|---|---|---|
"""
SETTINGS_END = """
Variables marked *secret* are never printed or logged. Keep `.env` to its owner: `chmod 600 .env`.
The abilities that `TELEGRAM_CAN` and `BALE_CAN` know: `edit`, `copy_text`, `url_button`, `place_key`, `commands`,
`html`, `turn_rows`, each with `yes` or `no`. `python bot.py doctor --live CHAT` finds out and prints the line to set.
"""
COMMANDS_HEAD = """# Commands
`python bot.py COMMAND`; `--help` tells the same. Exit code 0 when all is well, 2 with one line of what is wrong and
what to do about it, 1 where trying again may help. How they are used day by day: [operations](operations.md).
"""


def settings_page() -> str:
    """docs/settings.md"""
    return SETTINGS_HEAD + "".join(map(_setting, SETTINGS)) + SETTINGS_END


def _setting(setting: Setting) -> str:
    default = f"`{setting.default}`" if setting.default else ""
    return f"| `{setting.name}` | {default} | {setting.meaning}{' *(secret)*' if setting.secret else ''} |\n"


def commands_page() -> str:
    """docs/commands.md"""
    return COMMANDS_HEAD + "".join(_command(name, each) for name, each in make_parser().commands.items())


def _command(name: str, parser: argparse.ArgumentParser) -> str:
    arguments = [action for action in parser._actions if action.dest != "help"]
    title = " ".join([name, *(_shown(action) for action in arguments)])
    return f"\n## {title}\n{parser.description}\n{''.join(_lines(arguments))}"


def _lines(arguments: list[argparse.Action]) -> Iterator[str]:
    yield from ["\n"] if arguments else []
    for action in arguments:
        yield f"- `{_shown(action).strip('[]')}`: {action.help}\n"


def _shown(action: argparse.Action) -> str:
    """`FILE`, `[FOLDER]`, `[--live CHAT]`, `[--send]`."""
    value = action.metavar if isinstance(action.metavar, str) else "|".join(map(str, action.choices or ()))
    words = " ".join(filter(None, [*action.option_strings, value]))
    return words if action.required else f"[{words}]"


def main() -> None:
    """Write both pages."""
    (ROOT / "docs" / "settings.md").write_text(settings_page())
    (ROOT / "docs" / "commands.md").write_text(commands_page())


if __name__ == "__main__":
    main()
