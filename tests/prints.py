"""The posters of docs/: drawn as the service draws them, made small for the page. `make pictures` calls it."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from bot.media.poster import printed
from bot.pictures.poster import draw
from bot.settings import ROOT
from bot.store.posters import PosterRow
from tests.house import a_city

FOLDER = ROOT / "docs" / "pictures"
WIDE = 720  # pixels
_BARE = PosterRow(1, "Ab3dEf9hIjKl", "general", "", "", None, None, 0, 0)
_BIN = _BARE._replace(kind="bin", place="خیابان امام، روبه‌روی بانک")
_LAMP = _BARE._replace(kind="lamp", place="تیر چراغ ۱۲، بلوار شهید بهشتی")
SHOWN = {
    "poster-fa": (_BARE, "fa", "poster"),
    "sticker-fa": (_BIN, "fa", "sticker"),
    "poster-ckb": (_LAMP._replace(place="١٢"), "ckb", "poster"),
}


def small(picture: Image.Image) -> Image.Image:
    """At the page's width, in few colours."""
    high = round(picture.height * WIDE / picture.width)
    return picture.resize((WIDE, high), Image.Resampling.LANCZOS).quantize(64, dither=Image.Dither.NONE)


def main() -> None:
    city = replace(a_city(), bots={"telegram": "shahr137_bot", "bale": "shahr137_bot"})
    for name, (row, lang, form) in SHOWN.items():
        small(draw(printed(city, row, lang, form))).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
