"""The command line as an operator meets it: one clear line, an exit code, nothing half-written."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from bot.cli import main, make_parser
from bot.lock import ServiceLock
from bot.settings import ROOT, SETTINGS
from bot.store import schema
from bot.store.driver import connect

TOKEN = "137:never-to-be-printed"
Env = dict[str, str]
Wrong = Callable[[Env], AbstractContextManager[str]]


@pytest.fixture
def env(tmp_path: Path) -> Env:
    """An environment of our variables alone, in a folder of its own; the token's platform is nowhere."""
    ours = dict.fromkeys((setting.name for setting in SETTINGS), "")
    ours |= {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:9", "WEB_PORT": "0"}
    ours |= {"DATABASE_URL": f"sqlite:///{tmp_path}/data/shahr137.db", "DATA_DIR": str(tmp_path / "data")}
    return {**os.environ, **ours}


def bot(env: Env, *arguments: str, before: Callable[[], None] | None = None) -> tuple[int, list[str], list[str]]:
    """Exit code and the lines of both streams."""
    command = [sys.executable, "bot.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, preexec_fn=before, check=False
    )
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


Run = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def here(env: Env, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The same within this process: a second sooner."""

    def run(*arguments: str) -> tuple[int, list[str], list[str]]:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        code, told = main(arguments), capsys.readouterr()
        return code, told.out.splitlines(), told.err.splitlines()

    return run


def database(env: Env) -> Path:
    """A database of this version."""
    path = Path(env["DATABASE_URL"].removeprefix("sqlite:///"))
    schema.prepare(path)
    return path


def change(path: Path, sql: str) -> None:
    with closing(connect(path)) as connection:
        connection.execute(sql)


# A start that fails


@contextmanager
def port_in_use(env: Env) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        env["WEB_PORT"] = str(taken.getsockname()[1])
        yield "WEB_PORT"


@contextmanager
def second_process(env: Env) -> Iterator[str]:
    lock = ServiceLock(database(env))
    lock.take()
    with port_in_use(env):
        yield f"process {os.getpid()}"
    lock.release()


@contextmanager
def no_token(env: Env) -> Iterator[str]:
    env["TELEGRAM_TOKEN"] = ""
    yield "TELEGRAM_TOKEN"


@contextmanager
def wrong_setting(env: Env) -> Iterator[str]:
    env["BALE_RATE"] = "fast"
    yield "BALE_RATE"


@contextmanager
def unreadable_token(env: Env) -> Iterator[str]:
    env["TELEGRAM_TOKEN"] = "never-to-be-printed"
    yield "TELEGRAM_TOKEN"


@contextmanager
def unknown_ability(env: Env) -> Iterator[str]:
    env["TELEGRAM_CAN"] = "fly=yes"
    yield "TELEGRAM_CAN"


@contextmanager
def unreadable_pack(env: Env) -> Iterator[str]:
    folder = shutil.copytree(ROOT / "data" / "qorveh", Path(env["DATA_DIR"]) / "pack")
    city = folder / "city.toml"
    city.write_text(city.read_text().replace("max_photos =", "max_fotos ="))
    env["CITY"] = str(folder)
    yield "city.toml: limits.max_"


@contextmanager
def newer_database(env: Env) -> Iterator[str]:
    change(database(env), "UPDATE alembic_version SET version_num = '9999'")
    yield "9999"


@contextmanager
def no_database_at_all(env: Env) -> Iterator[str]:
    database(env).write_bytes(b"something else entirely " * 400)
    yield "restore FILE"


@contextmanager
def damaged_first_page(env: Env) -> Iterator[str]:
    path = database(env)
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xa5" * 3996
    path.write_bytes(content)
    yield "restore FILE"


@contextmanager
def folder_that_is_none(env: Env) -> Iterator[str]:
    Path(env["DATA_DIR"]).write_text("a file")
    yield env["DATA_DIR"]


STARTS = [
    port_in_use,
    second_process,
    no_token,
    wrong_setting,
    unreadable_token,
    unknown_ability,
    unreadable_pack,
    newer_database,
    no_database_at_all,
    damaged_first_page,
    folder_that_is_none,
]


@pytest.mark.parametrize("wrong", STARTS, ids=lambda wrong: wrong.__name__)
def test_a_start_that_can_not_be_is_one_line_with_its_cure(env: Env, wrong: Wrong) -> None:
    path = Path(env["DATABASE_URL"].removeprefix("sqlite:///"))
    with wrong(env) as named:
        before = path.read_bytes() if path.is_file() else None
        code, out, told = bot(env, "run")
        assert code == 2
        assert out == []
        assert len(told) == 1, told
        assert named in told[0]
        assert "never-to-be-printed" not in told[0]
        assert (path.read_bytes() if path.is_file() else None) == before


def test_a_start_on_a_full_disk_is_one_line_and_the_next_one_with_room_works(env: Env) -> None:
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    code, _, told = bot(env, "migrate", before=no_room)
    assert code == 2
    assert len(told) == 1, told
    assert "room" in told[0]
    assert bot(env, "migrate")[:2] == (0, [f"The database is of version {schema.HEAD} now."])


# Commands


def test_without_a_command_it_tells_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in make_parser().commands)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("bakcup", "Did you mean backup?"), ("xyzzy", "There are: run"), ("dokter", "Did you mean doctor?")],
)
def test_an_unknown_command_is_answered_with_its_neighbours(
    typed: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([typed]) == 2
    assert told in capsys.readouterr().err


def test_wrong_arguments_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["backup"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines() == [
        "bot.py backup: the following arguments are required: FILE. See: python bot.py --help"
    ]


def test_backup_restore_and_release_work_from_the_command_line(here: Run, env: Env, tmp_path: Path) -> None:
    database(env)
    archive = str(tmp_path / "b.tar.gz")
    assert here("backup", archive)[0] == 0
    code, told, _ = here("restore", archive)
    assert code == 0
    assert ".before-restore" in "".join(told)
    assert here("release")[1] == ["Nothing is held."]


def test_what_a_command_writes_is_for_nobody_else_on_the_machine(env: Env) -> None:
    assert bot(env, "migrate", before=lambda: [os.umask(0o022)].clear())[0] == 0
    made = list(Path(env["DATA_DIR"]).iterdir())
    assert made
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


def test_failed_updates_are_listed_without_what_people_wrote_and_wanted_again(here: Run, env: Env) -> None:
    change(
        database(env),
        "INSERT INTO failed_updates VALUES (7, 'bale:1', 42, '{\"text\":\"private\"}', "
        '\'Traceback:\n  File "/x/report.py", line 9, in take\n    int(text)\n    ^^^\n'
        "ValueError: my number\nis private\n', 1, 'failed', 0)",
    )
    code, told, _ = here("retry", "--list")
    assert (code, len(told)) == (0, 1)
    assert "bale:1 update 42" in told[0]
    assert "ValueError at report.py:9" in told[0]
    assert "private" not in told[0]
    assert "1 updates" in here("retry")[1][0]
    assert " wanted after 1 " in here("retry", "--list")[1][0]


def test_a_tool_on_an_old_database_names_the_command_that_helps(here: Run, env: Env) -> None:
    change(database(env), "UPDATE alembic_version SET version_num = '0000'")
    code, _, told = here("retry")
    assert code == 2
    assert "migrate" in told[0]


def test_a_pack_with_a_mistake_is_named_by_file_and_key_and_not_usable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(ROOT / "data" / "qorveh", tmp_path / "pack")
    (folder / "mayor_message.md").unlink()
    assert main(["check-pack", str(folder)]) == 2
    assert "mayor_message.md" in capsys.readouterr().out


def test_a_pack_whose_ready_sentences_say_nothing_is_not_usable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(ROOT / "data" / "qorveh", tmp_path / "pack")
    answers = folder / "answers.toml"
    answers.write_text(answers.read_text().replace("چاله با آسفالت گرم پر و غلتک زده شد", "موضوع در دست پیگیری است"))
    assert main(["check-pack", str(folder)]) == 2
    assert "answers.toml: answer[pothole_hot].words" in capsys.readouterr().out


def test_the_pack_of_qorveh_can_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-pack", str(ROOT / "data" / "qorveh")]) == 0
    assert "can be used" in capsys.readouterr().out


def test_the_doctor_says_what_stops_the_service_and_ends_with_a_code(here: Run, env: Env) -> None:
    env |= {"TELEGRAM_TOKEN": "", "CITY": "none"}
    code, told, _ = here("doctor")
    assert code == 2
    assert any(line.startswith("[stop] tokens") for line in told)
