"""The short form of the corpus of hostile files; `make faults` runs the whole."""

from __future__ import annotations

from pathlib import Path

from tests.faults.media_corpus import run, short


async def test_hostile_files_come_to_an_end_inside_the_store_and_none_is_shown_as_it_came(tmp_path: Path) -> None:
    counts = await run(tmp_path, short())
    assert counts.files > 30
    assert counts.stored + counts.failed == counts.files
    assert counts.stored > 10
    assert (counts.written_outside, counts.shown_as_they_came, counts.bad_names) == (0, 0, 0)
    assert counts.grown_mb < 30
