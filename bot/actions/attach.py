"""Files that people send: the row first, the bytes follow after the commit."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.filename import clean_name
from bot.store import tables
from bot.store.work import Work
from bot.talk.screen import MediaKind


@dataclass(frozen=True, slots=True)
class FileSent:
    """A file by the platform's own id. `size` in bytes, 0 where it is not told. `as_file`: it came as a document,
    whatever is in it, so that the id is a document's. `unique`: by which the platform knows the file, however often it
    is sent; "" where it does not say.
    """

    kind: MediaKind
    file_id: str
    size: int = 0
    mime: str = ""
    name: str = ""
    as_file: bool = False
    unique: str = ""

    @property
    def key(self) -> str:
        """The same for the same file."""
        return self.unique or self.file_id


def do_attach(
    work: Work, bot: str, file: FileSent, *, case_id: int | None = None, addition_id: int | None = None
) -> int:
    """Stage a pending attachment of who wrote; answers its id. `bot` is the one that the file id belongs to."""
    return work.add(
        tables.attachments,
        person_id=work.person.id,
        case_id=case_id,
        addition_id=addition_id,
        kind="document" if file.as_file else file.kind,
        bot=bot,
        file_id=file.file_id,
        size=file.size,
        mime=file.mime,
        name=clean_name(file.name),
        created_at=work.now,
    )
