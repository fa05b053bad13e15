"""reply_markup: inline keyboards, reply keyboards, their removal; each checked as the platforms check it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.message import JSON, Button, Key
from bot.sandbox.profile import Profile
from bot.sandbox.refusal import bad
from bot.sandbox.words import utf16

_IN_ALL, _IN_ROW = 100, 8
_STYLES = frozenset({"primary", "success", "danger"})
_SCHEMES = ("http://", "https://", "tg://", "ble.ir/", "mailto:", "tel:")


@dataclass(slots=True)
class Markup:
    """What a message brings along: `rows` inline, or `keys` for the lasting keyboard, or its removal."""

    rows: list[list[Button]] = field(default_factory=list)
    keys: list[list[Key]] | None = None
    removes: bool = False
    one_time: bool = False


def read_markup(profile: Profile, source: Any, private: bool) -> Markup:
    """The markup of one call. Raises 400 on what the platform refuses."""
    if source is None:
        return Markup()
    if not isinstance(source, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in source:
        return Markup(rows=_inline(profile, source["inline_keyboard"]))
    if "keyboard" in source:
        return Markup(keys=_keyboard(source, private), one_time=bool(source.get("one_time_keyboard")))
    return Markup(removes=bool(source.get("remove_keyboard")))


def _inline(profile: Profile, rows: Any) -> list[list[Button]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("can't parse inline keyboard markup: field inline_keyboard must be an Array of Arrays")
    read = [[_button(profile, button) for button in row] for row in rows if row]
    if sum(map(len, read)) > _IN_ALL or any(len(row) > _IN_ROW for row in read):
        raise bad("reply markup is too long")
    return read


def _button(profile: Profile, source: Any) -> Button:
    if not isinstance(source, dict) or not isinstance(source.get("text"), str):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object with a text")
    if not source["text"].strip():
        raise bad("can't parse inline keyboard button: text must be non-empty")
    uses = [name for name in ("callback_data", "url", "copy_text", "web_app") if source.get(name) is not None]
    if len(uses) != 1:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    _CHECKS[uses[0]](profile, source[uses[0]])
    return Button(
        source["text"],
        source.get("callback_data"),
        source.get("url"),
        (source.get("copy_text") or {}).get("text"),
        (source.get("web_app") or {}).get("url"),
        _style(profile, source.get("style")),
    )


def _check_data(_: Profile, data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")


def _check_url(_: Profile, url: Any) -> None:
    if not isinstance(url, str) or not url.startswith(_SCHEMES):
        raise bad("BUTTON_URL_INVALID")


def _check_copy(profile: Profile, copy: Any) -> None:
    text = copy.get("text") if isinstance(copy, dict) else None
    if not profile.copy_text or not isinstance(text, str) or not 1 <= utf16(text) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")


def _check_app(profile: Profile, app: Any) -> None:
    if not profile.web_app or not isinstance(app, dict) or not str(app.get("url", "")).startswith("https://"):
        raise bad("BUTTON_URL_INVALID")


_CHECKS = {"callback_data": _check_data, "url": _check_url, "copy_text": _check_copy, "web_app": _check_app}


def _style(profile: Profile, style: Any) -> str | None:
    if style is None or profile.style == "stripped":
        return None
    if profile.style == "refused" or not isinstance(style, str) or style not in _STYLES:
        raise bad("can't parse inline keyboard button: style is invalid")
    return style


def _keyboard(source: JSON, private: bool) -> list[list[Key]]:
    rows = source["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("can't parse reply keyboard markup: field keyboard must be an Array of Arrays")
    placeholder = source.get("input_field_placeholder")
    if placeholder is not None and not 1 <= utf16(str(placeholder)) <= 64:
        raise bad("reply keyboard placeholder is invalid")
    keys = [[_key(each, private) for each in row] for row in rows if row]
    if not keys:
        raise bad("reply keyboard is empty")
    return keys


def _key(source: Any, private: bool) -> Key:
    source = {"text": source} if isinstance(source, str) else source
    if not isinstance(source, dict) or not isinstance(source.get("text"), str) or not source["text"].strip():
        raise bad("can't parse keyboard button: text must be non-empty")
    asks = next((name for name in ("location", "contact") if source.get(f"request_{name}")), None)
    if asks is not None and not private:
        raise bad(f"{asks} can be requested in private chats only")
    return Key(source["text"], asks)
