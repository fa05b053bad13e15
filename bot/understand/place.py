"""Places named in words: the pack's landmarks, and towns that only share the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.understand.phrases import Index, Phrase, Words

_NEXT = 0  # words of a name stand side by side


class Landmarks:
    """Names and other spellings of known places (landmarks.toml), and the names that mean another town."""

    def __init__(self, landmarks: Mapping[str, Sequence[str]], not_this: Iterable[str]) -> None:
        self._index = Index((Phrase.read(name, _NEXT), key) for key, names in landmarks.items() for name in names)
        spelt = [form for name in not_this for form in (name, _joined_by_ye(name))]
        self._elsewhere = Index((Phrase.read(name, _NEXT), None) for name in spelt)

    def find(self, text: str) -> str | None:
        """The key of the place with the longest name in the text; of equals the one named first."""
        found = self._index.find(Words(text))
        return max(found, key=lambda hit: len(hit[0].steps))[1] if found else None

    def other_town(self, text: str) -> bool:
        """Whether the text names a town of the same name elsewhere: to be asked about, never refused."""
        return bool(self._elsewhere.find(Words(text)))


def _joined_by_ye(name: str) -> str:
    """«قروه درجزین» as people also write it: «قروه‌ی درجزین»."""
    return " ی ".join(name.split())
