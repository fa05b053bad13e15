"""Files up and down."""

from __future__ import annotations

from typing import Any

import pytest

from bot.clock import HOUR, TurnedClock
from bot.sandbox import Person, Sandbox
from tests.bot.sandbox.conftest import Api

JPEG = b"\xff\xd8\xff a picture"
MB = 1 << 20


async def download(api: Api, path: str) -> tuple[int, bytes]:
    async with api.session.get(f"{api.base}/file/bot{api.token}/{path}") as answer:
        return answer.status, await answer.read()


async def test_a_photo_goes_up_and_its_id_sends_it_again(telegram: Api, reporter: Person) -> None:
    sent = await telegram.ok("sendPhoto", chat_id=reporter.id, photo=JPEG, caption="<i>c</i>", parse_mode="HTML")
    photo = (await reporter.answer()).photo
    assert photo is not None
    assert (photo.content, reporter.last.text) == (JPEG, "c")
    await telegram.ok("sendPhoto", chat_id=reporter.id, photo=sent["photo"][-1]["file_id"])
    assert reporter.last.media is photo


async def test_a_file_id_belongs_to_one_bot_and_one_kind(telegram: Api, reporter: Person) -> None:
    sent = await telegram.ok("sendPhoto", chat_id=reporter.id, photo=JPEG)
    file_id = sent["photo"][-1]["file_id"]
    refusal = await telegram.refused("sendDocument", chat_id=reporter.id, document=file_id)
    assert "can't use file of type Photo as Document" in refusal
    other = Api(telegram.session, telegram.base, "999:other")
    assert "wrong file_id" in await other.refused("getFile", file_id=file_id)


@pytest.mark.parametrize(
    ("method", "part", "refusal"),
    [
        ("sendPhoto", {"photo": b"no picture"}, "400 Bad Request: IMAGE_PROCESS_FAILED"),
        ("sendPhoto", {"photo": JPEG + bytes(10 * MB)}, "400 Bad Request: too big file size of photo"),
        ("sendDocument", {"document": b""}, "400 Bad Request: file must be non-empty"),
        ("sendDocument", {}, "400 Bad Request: there is no document in the request"),
        ("sendVoice", {"voice": "unknown"}, "400 Bad Request: wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": JPEG, "caption": "x" * 1025}, "400 Bad Request: message caption is too long"),
    ],
)
async def test_files_beyond_the_rules_are_refused(
    telegram: Api, reporter: Person, method: str, part: dict[str, Any], refusal: str
) -> None:
    assert await telegram.refused(method, chat_id=reporter.id, **part) == refusal


async def test_bale_takes_files_up_to_20_megabytes(bale: Api, neighbour: Person) -> None:
    refusal = await bale.refused("sendDocument", chat_id=neighbour.id, document=bytes(20 * MB + 1))
    assert refusal == "413 Request Entity Too Large"


async def test_a_persons_file_is_downloaded_within_the_hour(
    telegram: Api, reporter: Person, clock: TurnedClock
) -> None:
    reporter.sends_photo(JPEG)
    update = (await telegram.ok("getUpdates"))[-1]
    file = await telegram.ok("getFile", file_id=update["message"]["photo"][-1]["file_id"])
    assert await download(telegram, file["file_path"]) == (200, JPEG)
    clock.turn(HOUR)
    assert (await download(telegram, file["file_path"]))[0] == 404


async def test_over_20_megabytes_nothing_is_downloaded(telegram: Api, reporter: Person) -> None:
    media = reporter.sends_video(b"mp4", size=30 * MB).media
    assert media is not None
    assert await telegram.refused("getFile", file_id=media.file_id) == "400 Bad Request: file is too big"


async def test_a_download_can_be_cut_short(sandbox: Sandbox, telegram: Api, reporter: Person) -> None:
    media = reporter.sends_photo(JPEG).media
    assert media is not None
    file = await telegram.ok("getFile", file_id=media.file_id)
    fault = sandbox.telegram.faults.add("502", "file", times=1)
    assert (await download(telegram, file["file_path"]))[0] == 502
    assert (await download(telegram, file["file_path"])) == (200, JPEG)
    assert (await download(telegram, "nowhere"))[0] == 404
    assert fault.hits == 1
    assert [call.status for call in sandbox.telegram.calls.of("file")] == [502, 200, 404]


def album(*items: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"media": f"attach://f{number}", **item} for number, item in enumerate(items)]


async def test_an_album_arrives_with_its_caption_on_one(telegram: Api, reporter: Person) -> None:
    media = album({"type": "photo", "caption": "دو"}, {"type": "photo"})
    await telegram.ok("sendMediaGroup", chat_id=reporter.id, media=media, f0=JPEG, f1=JPEG)
    first, second = await reporter.hears(2)
    assert (first.text, second.text) == ("دو", "")
    assert first.album == second.album is not None


@pytest.mark.parametrize(
    ("items", "refusal"),
    [
        ([{"type": "photo"}], "expected from 2 to 10 media"),
        ([{"type": "photo"}] * 11, "expected from 2 to 10 media"),
        ([{"type": "photo"}, {"type": "document"}], "can't mix"),
        ([{"type": "photo", "caption": "x" * 1025}, {"type": "photo"}], "caption is too long"),
    ],
)
async def test_albums_beyond_the_rules_are_refused(
    telegram: Api, reporter: Person, items: list[dict[str, Any]], refusal: str
) -> None:
    assert refusal in await telegram.refused("sendMediaGroup", chat_id=reporter.id, media=album(*items), f0=JPEG)
    assert not reporter.inbox
