"""What a file is, by its first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.media import types
from bot.media.types import Type, type_of


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", types.JPEG),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", types.PNG),
        (b"RIFF\x10\0\0\0WEBPVP8 ", types.WEBP),
        (b"RIFF\x10\0\0\0WAVEfmt ", types.OPAQUE),
        (b"GIF89a\1\0", types.GIF),
        (b"\0\0\0\x18ftypheic\0\0\0\0", types.HEIC),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", types.HEIC),
        (b"\0\0\0\x18ftypavif\0\0\0\0", types.AVIF),
        (b"\0\0\0\x18ftypisom\0\0\2\0", types.MP4),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", types.MOV),
        (b"\0\0\0\x18ftypM4A \0\0\0\0", types.M4A),
        (b"\0\0\0\x18ftypzzzz\0\0\0\0", types.OPAQUE),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\x82\x84webm", types.WEBM),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", types.OPAQUE),
        (b"OggS\0\2" + bytes(22) + b"OpusHead", types.OGG),
        (b"OggS\0\2" + bytes(22) + b"\x80theora", types.OPAQUE),
        (b"ID3\4\0", types.MP3),
        (b"\xff\xfb\x90\x64", types.MP3),
        (b"%PDF-1.4", types.PDF),
        (b"MZ\x90\0", types.OPAQUE),
        (b"", types.OPAQUE),
    ],
)
def test_content_tells_the_type(head: bytes, found: Type) -> None:
    assert type_of(head) == found


@settings(max_examples=100)
@given(st.binary(max_size=64))
def test_any_bytes_are_of_some_type(head: bytes) -> None:
    assert type_of(head).kind_for("photo")


def test_a_file_keeps_the_kind_that_fits_it_and_loses_one_that_does_not() -> None:
    assert types.OGG.kind_for("audio") == "audio"
    assert types.PDF.kind_for("photo") == "document"
    assert types.MP4.kind_for("photo") == "video"
