"""The doctor names what is wrong and what to do, changes nothing, and tells no secret."""

from __future__ import annotations

import importlib.resources
import os
import shutil
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SystemClock, TurnedClock
from bot.doctor import Finding, examine, try_live
from bot.doctor.surroundings import libraries, time
from bot.errors import OperatorError, SettingError
from bot.lock import ServiceLock
from bot.sandbox import Person, Sandbox, Server, serve
from bot.settings import ROOT, Settings, read_settings
from bot.store import tables
from bot.store.driver import connect
from bot.store.store import Store

TOKENS = {"TELEGRAM_TOKEN": "137:secret-of-telegram", "BALE_TOKEN": "731:secret-of-bale"}
Write = Callable[..., Path]


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(TurnedClock())


@pytest.fixture
async def server(sandbox: Sandbox) -> AsyncIterator[Server]:
    async with serve(sandbox) as server:
        yield server


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a `.env` in a folder of its own, readable by its owner alone. No pack: looking one through takes time."""

    def write_env(**more: str) -> Path:
        values = {
            "DATABASE_URL": f"sqlite:///{tmp_path}/shahr137.db",
            "DATA_DIR": str(tmp_path),
            "WEB_PORT": "0",
            "CITY": "none",
        }
        file = tmp_path / ".env"
        file.write_text("".join(f"{name}={value}\n" for name, value in {**values, **more}.items()))
        file.chmod(0o600)
        return file

    return write_env


def reachable(server: Server) -> dict[str, str]:
    return {**TOKENS, "TELEGRAM_API_URL": server.url("telegram"), "BALE_API_URL": server.url("bale")}


async def findings(env_file: Path) -> list[Finding]:
    return await examine(env_file, {})


def found(all_: list[Finding], words: str) -> Finding:
    """The one finding with these words."""
    (one,) = [finding for finding in all_ if words in str(finding)]
    return one


async def database(folder: Path) -> Path:
    """A database of a service that stopped in order."""
    store = await Store.open(folder / "shahr137.db", SystemClock())
    await store.close()
    return store.path


def _remove(path: Path) -> None:
    path.unlink()


def change(path: Path, sql: str) -> None:
    with closing(connect(path)) as connection:
        connection.execute(sql)


async def test_a_healthy_service_has_nothing_that_stops_it(server: Server, write: Write, tmp_path: Path) -> None:
    await database(tmp_path)
    told = await findings(write(**reachable(server), CITY="data/qorveh"))
    assert not [str(finding) for finding in told if finding.stops]
    assert len([finding for finding in told if "the token is accepted" in finding.what]) == 2


async def test_a_refused_token_is_told_apart_from_an_unreachable_platform(
    sandbox: Sandbox, server: Server, write: Write
) -> None:
    sandbox.telegram.revoke(TOKENS["TELEGRAM_TOKEN"])
    sandbox.bale.goes_down()
    told = await findings(write(**reachable(server)))
    assert found(told, "the token is refused").stops
    assert "TELEGRAM_TOKEN" in str(found(told, "the token is refused"))
    assert not found(told, "can't be reached").stops
    assert found(told, "can't be reached").subject == "bale"


async def test_no_token_is_ever_printed(sandbox: Sandbox, server: Server, write: Write) -> None:
    sandbox.bale.revoke(TOKENS["BALE_TOKEN"])
    told = "\n".join(map(str, await findings(write(**reachable(server), BALE_TOKN=TOKENS["BALE_TOKEN"]))))
    assert "secret" not in told


async def test_without_a_token_the_service_can_not_start(write: Write) -> None:
    assert found(await findings(write()), "neither TELEGRAM_TOKEN nor BALE_TOKEN").stops


async def test_a_misspelt_variable_is_named_with_the_right_one(write: Write) -> None:
    told = await findings(write(TELEGRAM_TOKN="1:abc"))
    assert "Rename it to TELEGRAM_TOKEN" in found(told, "TELEGRAM_TOKN").cure


async def test_a_wrong_setting_stops_and_hides_nothing_behind_a_traceback(write: Write) -> None:
    assert found(await findings(write(WEB_PORT="many")), "WEB_PORT").stops


async def test_tokens_that_others_can_read_are_noted_with_the_command(write: Write) -> None:
    env_file = write()
    env_file.chmod(0o644)
    assert "chmod 600" in found(await findings(env_file), "can be read by others").cure


async def test_a_pack_that_can_not_be_read_is_named_by_file_and_key(write: Write, tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "data" / "qorveh", tmp_path / "pack")
    city = folder / "city.toml"
    city.write_text(city.read_text().replace("max_photos", "max_fotos"))
    told = found(await findings(write(CITY=str(folder))), "max_")
    assert told.stops
    assert "city.toml" in told.what


async def test_what_the_municipality_has_still_to_confirm_is_listed(write: Write) -> None:
    told = await findings(write(CITY="data/qorveh"))
    assert any(finding.subject == "pack" and "not confirmed" in finding.what for finding in told)


async def test_a_damaged_database_stops_and_is_left_as_it_is(write: Write, tmp_path: Path) -> None:
    path = await database(tmp_path)
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xa5" * 4096 * 4
    path.write_bytes(content)
    told = found(await findings(write()), "restore FILE")
    assert told.stops
    assert path.read_bytes() == content


async def test_a_database_that_was_there_and_is_gone_stops_and_a_first_start_does_not(
    write: Write, tmp_path: Path
) -> None:
    assert not found(await findings(write()), "The first start makes it").stops
    path = await database(tmp_path)
    _remove(path)
    assert found(await findings(write()), "is gone").stops


async def test_a_database_of_a_newer_program_stops(write: Write, tmp_path: Path) -> None:
    change(await database(tmp_path), "UPDATE alembic_version SET version_num = '9999'")
    assert found(await findings(write()), "newer than this program").stops


async def test_what_waits_for_a_human_is_noted_with_its_command(write: Write, tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "shahr137.db", SystemClock())
    async with store.unit() as unit:
        work = await unit.work()
        work.add(tables.failed_updates, bot="telegram:1", update_id=1, raw="{}", error="KeyError", failed_at=1)
        person = work.add(tables.people, created_at=1)
        account = work.add(tables.accounts, person_id=person, channel="bale", user_id=1, chat_id=1)
        for state in ("dead", "held", "uncertain"):
            row = {"channel": "bale", "account_id": account, "chat_id": 1, "priority": 1, "screen": "{}"}
            work.add(tables.outbox, state=state, created_at=1, **row)
        unit.merge(work)
        await store.commit(unit)
    await store.close()
    told = await findings(write())
    assert "retry --list" in found(told, "could not be handled").cure
    assert "release" in found(told, "held by a restore").cure
    assert {"1 on bale could not be sent", "1 on bale were perhaps sent twice or not at all"} <= {f.what for f in told}


async def test_somebody_who_reads_reports_and_somebody_of_inspection_are_asked_for(
    write: Write, tmp_path: Path
) -> None:
    await database(tmp_path)
    told = await findings(write())
    assert "invite dispatcher" in found(told, "nobody is told of a report").cure
    assert "invite manager --department" in found(told, "staff conduct").cure


async def test_a_running_service_is_named_and_its_port_is_not_complained_about(write: Write, tmp_path: Path) -> None:
    path = await database(tmp_path)
    lock = ServiceLock(path)
    lock.take()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        running = await findings(write(WEB_PORT=port))
        lock.release()
        stopped = await findings(write(WEB_PORT=port))
    assert str(os.getpid()) in found(running, "it runs (process").what
    assert not [finding for finding in running if finding.subject == "web"]
    assert found(stopped, "WEB_PORT").stops


def test_old_tables_of_time_zones_are_noticed() -> None:
    with importlib.resources.files("tzdata.zoneinfo.Europe").joinpath("Berlin").open("rb") as file:
        old = ZoneInfo.from_file(file, key="Asia/Tehran")
    assert [finding.stops for finding in time(old, SystemClock().now())] == [True]
    assert [finding.stops for finding in time(ZoneInfo("Asia/Tehran"), SystemClock().now())] == [False]


def test_pictures_without_fribidi_are_noted_with_the_package() -> None:
    assert "libfribidi0" in next(iter(libraries(["raqm"]))).cure
    assert list(libraries(["raqm", "fribidi"])) == []


# doctor --live


@pytest.fixture
def operator(sandbox: Sandbox) -> Person:
    """The operator's own phone on Bale."""
    person = sandbox.bale.person("operator")
    person.starts()
    return person


def live_settings(server: Server) -> Settings:
    return read_settings(reachable(server))


async def walk(server: Server, person: Person, no: str = "") -> list[str]:
    """The whole list, with yes to all but the question with `no` in it."""
    return await try_live(live_settings(server), "bale", person.id, lambda question: not no or no not in question)


async def test_where_the_live_platform_is_as_the_table_says_nothing_is_to_be_set(
    server: Server, operator: Person
) -> None:
    assert (await walk(server, operator))[-1] == "The table of Bale is right: BALE_CAN stays empty."


async def test_what_differs_is_one_line_to_set(sandbox: Sandbox, server: Server, operator: Person) -> None:
    sandbox.bale.profile.copy_text = True
    sandbox.bale.profile.parse_mode = "html"
    assert (await walk(server, operator, "after the edit"))[-1] == "BALE_CAN=edit=no,copy_text=yes,html=yes"


async def test_only_the_given_chat_is_written_to(sandbox: Sandbox, server: Server, operator: Person) -> None:
    neighbour = sandbox.bale.person("neighbour")
    neighbour.starts()
    await walk(server, operator)
    assert not neighbour.inbox
    assert len(operator.inbox) > 8


async def test_nothing_is_sent_before_the_operator_says_yes(server: Server, operator: Person) -> None:
    with pytest.raises(OperatorError, match="Nothing was sent"):
        await walk(server, operator, "Go on?")
    assert not operator.inbox


async def test_a_platform_without_a_token_can_not_be_tried() -> None:
    with pytest.raises(SettingError, match="BALE_TOKEN"):
        await try_live(read_settings({}), "bale", 1, lambda _: True)


async def test_a_platform_that_does_not_answer_is_not_judged(
    sandbox: Sandbox, server: Server, operator: Person
) -> None:
    sandbox.bale.goes_down()
    with pytest.raises(OperatorError, match="no whole answer"):
        await walk(server, operator)


async def test_a_trial_whose_answer_is_lost_says_nothing_about_the_platform(
    sandbox: Sandbox, server: Server, operator: Person
) -> None:
    sandbox.bale.faults.add("reset", "editMessageText")
    assert (await walk(server, operator))[-1] == "The table of Bale is right: BALE_CAN stays empty."
