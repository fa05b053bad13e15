"""mayor_message.md: served word for word. Its SHA-256 stands in its head, so that nobody improves it by accident."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from bot.errors import PackError

_HEAD = re.compile(r"---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class MayorMessage:
    """Byte for byte as the author wrote it: old spelling, spacing and digits included."""

    title: str
    paragraphs: tuple[str, ...]
    signature: str
    sha256: str

    @property
    def text(self) -> str:
        """Paragraphs and signature with an empty line between: what the hash is taken of."""
        return "\n\n".join((*self.paragraphs, self.signature))


def load_mayor_message(file: str, text: str) -> MayorMessage:
    """Raises PackError when a word, a space or a paragraph differs from what the head says."""
    if not (match := _HEAD.match(text)):
        raise PackError(file, "head", "the file does not begin with a head between two lines of ---.")
    head = dict(line.split(": ", 1) for line in match[1].splitlines() if ": " in line)
    for key in ("title", "signature", "paragraphs", "body_sha256"):
        if not head.get(key):
            raise PackError(file, key, "this line is missing in the head.")
    body = [part.strip() for part in re.split(r"\n{2,}", _COMMENT.sub("", match[2])) if part.strip()]
    if body and body[0].startswith("# "):
        body = body[1:]
    message = MayorMessage(head["title"], tuple(body[:-1]), body[-1] if body else "", head["body_sha256"])
    _check(file, head, message)
    return message


def _check(file: str, head: dict[str, str], message: MayorMessage) -> None:
    if str(len(message.paragraphs)) != head["paragraphs"]:
        raise PackError(file, "paragraphs", f"the head says {head['paragraphs']}, there are {len(message.paragraphs)}.")
    if message.signature != head["signature"]:
        raise PackError(file, "signature", "the last paragraph is not the signature of the head.")
    if sha256(message.text.encode()).hexdigest() != message.sha256:
        raise PackError(
            file,
            "body_sha256",
            "the words differ from those that this hash was taken of.",
            "Bring the original back, or put the new message's hash there if the mayor has changed it.",
        )
