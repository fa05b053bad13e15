"""What every piece of a pack is made of: strict and frozen, words by language, errors that name file and key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo

from bot.errors import PackError

SOURCE = "fa"  # the language that every text exists in, and that the others fall back to
T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Count = Annotated[int, Field(ge=1)]


class Part(BaseModel):
    """A table of the pack. An unknown key or a wrong type is an error, never a guess."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Keyed(Protocol):
    """A table in a list that others point at."""

    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=Keyed)
P = TypeVar("P", bound=BaseModel)


def _check_words(words: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
    if not words.get(SOURCE, "").strip():
        raise ValueError(f"there is no text in {SOURCE}, to which the other languages fall back")
    offered = (info.context or {}).get("languages")
    if offered and (strange := set(words) - set(offered)):
        raise ValueError(f"{min(strange)} is not one of the languages offered in city.toml")
    return words


Words = Annotated[Mapping[str, str], AfterValidator(_check_words)]


def said(words: Mapping[str, str], lang: str) -> str:
    """The words in `lang`, or in Persian where there are none."""
    return words.get(lang) or words[SOURCE]


def build(model: type[P], file: str, data: Any, languages: Iterable[str] = ()) -> P:
    """The checked model of a file. Raises PackError with the key of the first thing that is wrong."""
    try:
        return model.model_validate(data, context={"languages": tuple(languages)})
    except ValidationError as error:
        first = error.errors()[0]
        raise PackError(file, key_path(first["loc"], data), _what(first["type"], first["msg"])) from None


def by_key(file: str, table: str, items: Iterable[K]) -> dict[str, K]:
    """The items in their order. Raises PackError when a key is there twice."""
    found: dict[str, K] = {}
    for item in items:
        if item.key in found:
            raise PackError(file, f"{table}[{item.key}]", "this key is there twice.")
        found[item.key] = item
    return found


def key_path(loc: Iterable[str | int], data: Any) -> str:
    """`category[waste_bin].department` for the way to a value: what people can search for, not a position."""
    path = ""
    for step in loc:
        if isinstance(step, str) and not isinstance(data, dict):
            break  # pydantic's own name for one way of reading the value
        data = _step(data, step)
        if isinstance(step, int):
            path += f"[{_key_of(data) or step}]"
        else:
            path += f".{step}" if path else step
    return path


def _step(data: Any, step: str | int) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None


def _key_of(data: Any) -> str | None:
    return data.get("key") if isinstance(data, dict) else None


def _what(kind: str, message: str) -> str:
    known = {"missing": "this key is missing.", "extra_forbidden": "this key is unknown."}
    return known.get(kind) or message.removeprefix("Value error, ").rstrip(".") + "."
