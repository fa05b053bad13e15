"""The calls that both platforms share; each house says only in what it differs."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

import orjson

from bot.channels import html, keyboards
from bot.channels.abilities import Abilities
from bot.channels.base import Call, Channel, Source, To, Upload
from bot.channels.limits import CAPTION_CODES, TEXT_CODES, TOAST, cut
from bot.talk.rich import Rich
from bot.talk.screen import Screen

_METHODS = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "voice": "sendVoice",
    "audio": "sendAudio",
    "document": "sendDocument",
}
_NOTHING = Screen()
_HTML = {"parse_mode": "HTML"}


class Forms(Channel):
    """A channel whose platform speaks the Bot API."""

    table: ClassVar[Abilities]
    previews_off: ClassVar[dict[str, str]] = {}

    def __init__(self, can: str = "", variable: str = "") -> None:
        """`can`: the operator's corrections of the table, from the setting `variable`. Raises SettingError."""
        self.can = self.table.parse(can, variable or f"{self.key.upper()}_CAN")
        self._mode = _HTML if self.can.html else {}

    @abstractmethod
    def own(self, rich: Rich, caption: bool) -> str:
        """Text in the platform's own markup, where it is not HTML."""

    @abstractmethod
    def bare(self, rich: Rich, caption: bool) -> str:
        """Text that nothing formats."""

    @abstractmethod
    def reply(self, message_id: int) -> dict[str, str]:
        """The parameters that make a message an answer to another."""

    def message(self, screen: Screen, to: To, sources: Sequence[Source] = ()) -> Call:
        caption = bool(screen.media)
        if not self.can.html:
            return self._call(screen, to, sources, (self.own(screen.text, caption), {}))
        words = html.render(screen.text, CAPTION_CODES if caption else TEXT_CODES)
        return self._call(screen, to, sources, (words, self._mode))

    def plain(self, screen: Screen, to: To, sources: Sequence[Source] = ()) -> Call:
        return self._call(screen, to, sources, (self.bare(screen.text, bool(screen.media)), {}))

    def toast(self, callback_id: str, text: str, alert: bool = False) -> Call:
        params = {"callback_query_id": callback_id}
        if text:
            params["text"] = cut(text, TOAST)
        if alert:
            params["show_alert"] = "true"
        return Call("answerCallbackQuery", params, {})

    def _call(self, screen: Screen, to: To, sources: Sequence[Source], words: tuple[str, dict[str, str]]) -> Call:
        if to.edit is not None and screen == _NOTHING:
            return Call("deleteMessage", {"chat_id": str(to.chat), "message_id": str(to.edit)}, {})
        if to.edit is not None and self._edits(screen):
            return self._edit(screen, to, words)
        params = self._address(to)
        if board := keyboards.markup(screen, self.can):
            params["reply_markup"] = board
        if screen.pin:
            latitude, longitude = screen.pin
            return Call("sendLocation", params | {"latitude": str(latitude), "longitude": str(longitude)}, {})
        if len(screen.media) > 1:
            return _album(screen, params, sources, words)
        if screen.media:
            return _file(screen, params, sources, words)
        params["text"] = words[0]
        return Call("sendMessage", params | words[1] | self.previews_off, {})

    def _edits(self, screen: Screen) -> bool:
        return self.can.edit and screen.keys is None and screen.pin is None and len(screen.media) < 2

    def _edit(self, screen: Screen, to: To, words: tuple[str, dict[str, str]]) -> Call:
        params = {"chat_id": str(to.chat), "message_id": str(to.edit)} | words[1]
        if board := keyboards.markup(screen, self.can):
            params["reply_markup"] = board
        if screen.media:
            return Call("editMessageCaption", params | {"caption": words[0]}, {})
        return Call("editMessageText", params | {"text": words[0]} | self.previews_off, {})

    def _address(self, to: To) -> dict[str, str]:
        params = {"chat_id": str(to.chat)}
        if to.silent:
            params["disable_notification"] = "true"
        if to.reply_to is not None:
            params |= self.reply(to.reply_to)
        return params


def _file(screen: Screen, params: dict[str, str], sources: Sequence[Source], words: tuple[str, dict[str, str]]) -> Call:
    (media,), (source,) = screen.media, sources
    if words[0]:
        params = params | words[1] | {"caption": words[0]}
    if isinstance(source, Upload):
        return Call(_METHODS[media.kind], params, {media.kind: source})
    return Call(_METHODS[media.kind], params | {media.kind: source}, {})


def _album(
    screen: Screen, params: dict[str, str], sources: Sequence[Source], words: tuple[str, dict[str, str]]
) -> Call:
    """The caption of an album is that of its first file; an album has no buttons."""
    items: list[dict[str, Any]] = []
    files: dict[str, Upload] = {}
    for number, (media, source) in enumerate(zip(screen.media, sources, strict=True)):
        if isinstance(source, Upload):
            files[f"file{number}"] = source
        items.append({"type": media.kind, "media": source if isinstance(source, str) else f"attach://file{number}"})
    if words[0]:
        items[0] |= {"caption": words[0]} | words[1]
    params.pop("reply_markup", None)
    return Call("sendMediaGroup", params | {"media": orjson.dumps(items).decode()}, files)
