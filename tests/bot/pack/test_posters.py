"""Which things wear a sticker is the pack's to say, and a slip there is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.errors import PackError
from bot.pack import Pack, load_pack
from bot.settings import ROOT


def test_each_kind_starts_a_category_that_anybody_may_report(qorveh: Pack) -> None:
    assert dict(qorveh.posters) == {"bin": "waste_bin", "lamp": "street_light", "park": "park_facility"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('bin = "moon"', "posters.bin"),
        ('bin = "staff_service"', "private or retired"),
        ('bench = "park_facility"', "btn-poster-bench"),
    ],
)
def test_a_slip_is_told_with_its_key(tmp_path: Path, line: str, told: str) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(ROOT / "data" / "qorveh", folder)
    file = folder / "city.toml"
    file.write_text(file.read_text().replace('bin = "waste_bin"', line))
    with pytest.raises(PackError, match=told):
        load_pack(folder)


def test_a_pack_without_the_table_offers_the_general_poster_alone(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(ROOT / "data" / "qorveh", folder)
    file = folder / "city.toml"
    before, _, after = file.read_text().partition("[posters]")
    file.write_text(f"{before}[portal]{after.partition('[portal]')[2]}")
    assert load_pack(folder).posters == {}
