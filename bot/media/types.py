"""What a file is, told by its first bytes. What its sender says of it is never asked."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = 4_096  # bytes that are looked at


@dataclass(frozen=True, slots=True)
class Type:
    """`kinds`: as what a messenger may carry it, the best one first. `picture`: can be decoded and written anew."""

    mime: str
    suffix: str
    kinds: tuple[str, ...] = ("document",)
    picture: bool = False

    def kind_for(self, said: str) -> str:
        """The kind that it was sent as where that fits, else the best."""
        return said if said in self.kinds else self.kinds[0]


JPEG = Type("image/jpeg", "jpg", ("photo",), picture=True)
PNG = Type("image/png", "png", ("photo",), picture=True)
WEBP = Type("image/webp", "webp", ("photo",), picture=True)
GIF = Type("image/gif", "gif")
HEIC = Type("image/heic", "heic")
AVIF = Type("image/avif", "avif")
MP4 = Type("video/mp4", "mp4", ("video", "document"))
MOV = Type("video/quicktime", "mov", ("document", "video"))
WEBM = Type("video/webm", "webm", ("document", "video"))
OGG = Type("audio/ogg", "ogg", ("voice", "audio", "document"))
MP3 = Type("audio/mpeg", "mp3", ("audio", "voice", "document"))
M4A = Type("audio/mp4", "m4a", ("audio", "voice", "document"))
PDF = Type("application/pdf", "pdf")
OPAQUE = Type("application/octet-stream", "bin")

_STARTS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
    (b"ID3", MP3),
)
_BRANDS = {
    b"heic heix heim heis hevc hevx mif1 msf1": HEIC,
    b"avif avis": AVIF,
    b"M4A_ M4B_": M4A,
    b"qt__": MOV,
    b"isom iso2 iso3 iso4 iso5 iso6 mp41 mp42 avc1 dash M4V_ MSNV 3gp4 3gp5 3gp6 3g2a mmp4 f4v_": MP4,
}
_BRAND = {brand.replace(b"_", b" "): type_ for brands, type_ in _BRANDS.items() for brand in brands.split()}


def type_of(head: bytes) -> Type:
    """The type of a file that begins with these (at most HEAD) bytes; OPAQUE for all that we don't know."""
    for start, type_ in _STARTS:
        if head.startswith(start):
            return type_
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return _BRAND.get(head[8:12], OPAQUE)
    if head[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in head[:64]:
        return WEBM
    if head[:4] == b"OggS" and (b"OpusHead" in head[:64] or b"\x01vorbis" in head[:64]):
        return OGG
    is_frame = len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] >> 4 not in (0, 15)
    return MP3 if is_frame else OPAQUE
