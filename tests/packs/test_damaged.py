"""Each kind of damage is one PackError that names file and key. A damaged pack is the real one with one change."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from bot.errors import PackError
from bot.pack import load_pack

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copytree(DATA / "qorveh", tmp_path / "pack")


def damage(folder: Path, file: str, old: str, new: str) -> None:
    """The first `old` in the file becomes `new`."""
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def refused(folder: Path, overlay: Path | None = None) -> tuple[str, str]:
    """File and key that the refusal names; both also stand in the operator's line, with a cure."""
    with pytest.raises(PackError) as caught:
        load_pack(folder, overlay)
    error = caught.value
    assert error.file in str(error)
    assert error.key in str(error)
    assert error.cure in str(error)
    assert "\n" not in str(error)
    return error.file, error.key


FILES = sorted(
    path.relative_to(DATA / "qorveh").as_posix()
    for path in (DATA / "qorveh").rglob("*")
    if path.is_file() and path.name not in ("README.md", "examples.jsonl")
)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert refused(folder) == (file, "")


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_no_text_is_named(folder: Path, file: str) -> None:
    (folder / file).write_bytes(b"\xff\xfe\x00")
    assert refused(folder) == (file, "byte 0")


def test_a_folder_that_does_not_exist_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="CITY"):
        load_pack(tmp_path / "nowhere")


def test_a_missing_file_of_examples_is_named_when_it_is_wanted(folder: Path) -> None:
    (folder / "examples.jsonl").unlink()
    with pytest.raises(PackError) as caught:
        _ = load_pack(folder).examples
    assert caught.value.file == "examples.jsonl"


TOML = [
    ("city.toml", 'slug = "qorveh"', 'slug = "qorveh', "line 9, column 15"),
    ("city.toml", 'slug = "qorveh"', "", "slug"),
    ("city.toml", "[geo]", "[geo]\nlatt = 1.0", "geo.latt"),
    ("city.toml", "lat = 35.1664", 'lat = "35.1664"', "geo.lat"),
    ("city.toml", "lat = 35.1664", "lat = 135.1664", "geo.lat"),
    ("city.toml", "bbox = [47.750, 35.130,", "bbox = [47.950, 35.130,", "geo.bbox"),
    ("city.toml", "max_photos = 5", "max_photos = 0", "limits.max_photos"),
    ("city.toml", "max_photos = 5", "max_photo = 5", "limits.max_photos"),
    ("city.toml", "confirmed = []", 'confirmed = ["phones.fier"]', "confirmed"),
    ("city.toml", '"phones.fire" =', '"phones.fier" =', "source"),
    ("city.toml", "Asia/Tehran", "Asia/Teheran", "time.timezone"),
    ("city.toml", 'saturday = ["07:30", "14:00"]', 'saturday = ["07:30"]', "time.hours.saturday"),
    ("city.toml", 'saturday = ["07:30", "14:00"]', 'saturday = ["14:00", "07:30"]', "time.hours.saturday"),
    ("city.toml", 'saturday = ["07:30", "14:00"]', "saturday = []", "time"),
    ("city.toml", "friday = []", "funday = []", "time"),
    ("city.toml", 'thursday = "closed"', 'thursday = "open"', "time.thursday"),
    ("city.toml", 'default = "fa"', 'default = "de"', "languages"),
    ("city.toml", 'draft = ["ckb", "az"]', 'draft = ["ku"]', "languages"),
    ("city.toml", 'fa = "قروه"', "", "name.words"),
    ("city.toml", 'days = "working", at = "07:40"', 'days = "often", at = "07:40"', "digests.officer.days"),
    ("departments.toml", 'key = "services"', 'key = "center137"', "department[center137]"),
    ("departments.toml", 'key = "inspection"', 'key = "inspectors"', "department[inspection]"),
    ("departments.toml", 'key = "services"', 'key = "Services"', "department[Services].key"),
    ("departments.toml", 'fa = "خدمات شهری", ', "", "department[services].name"),
    ("departments.toml", 'fa = "خدمات شهری", ', 'fa = "خدمات شهری", de = "x", ', "department[services].name"),
    ("departments.toml", "confirmed = false", 'confirmed = "no"', "department[center137].confirmed"),
    ("external.toml", 'number = "122"', 'number = "۱۲۲"', "body[water].number"),
    ("external.toml", 'key = "water"', 'key = "sewage"', "category[water_sewer].outside"),
    ("categories.toml", 'department = "waste"', 'department = "wastes"', "category[waste_collection].department"),
    ("categories.toml", 'group = "clean"', 'group = "dirt"', "category[waste_collection].group"),
    ("categories.toml", 'advice = "snow"', 'advice = "ice"', "category[snow_ice].advice"),
    ("categories.toml", 'advice = "snow"', 'advice = ""', "category[snow_ice]"),
    ("categories.toml", 'emergency = ["194", "125"]', 'emergency = ["195"]', "category[gas_smell].emergency"),
    ("categories.toml", 'outside = "power"', 'outside = "light"', "category[power_hazard].outside"),
    ("categories.toml", 'owner = "municipality"', 'owner = "shared"', "category[waste_collection]"),
    ("categories.toml", "target_days = 1", "target_hours = 1", "category[waste_collection]"),
    ("categories.toml", "target_days = 1\n", "", "category[waste_collection]"),
    ("categories.toml", 'en = "Missed collection"', 'en = "Missed rubbish collection"', "category[waste_collection]"),
    ("categories.toml", 'key = "waste_bin"', 'key = "waste_collection"', "category[waste_collection]"),
    ("categories.toml", 'key = "other"', 'key = "others"', "category[other]"),
    ("categories.toml", "urgent = false", "urgent = false\nurgency = 1", "category[waste_collection].urgency"),
    ("categories.toml", 'photo = "recommended"', 'photo = "maybe"', "category[waste_collection].photo"),
    ("categories.toml", 'group = "order"', 'group = "street"', "group[street]"),
    ("categories.toml", "radius_m = 100", "", "group[clean].radius_m"),
    ("emergency.toml", 'numbers = ["125"]', "", "rule[fire].numbers"),
    ("emergency.toml", 'numbers = ["125"]', "numbers = []", "rule[fire].numbers"),
    ("emergency.toml", 'numbers = ["125"]', 'numbers = ["126"]', "rule[fire].numbers"),
    ("emergency.toml", 'advice = "fire"', 'advice = "flames"', "rule[fire].advice"),
    ("emergency.toml", 'tone = "urgent"', 'tone = "loud"', "rule[fire].tone"),
    ("emergency.toml", 'tone = "urgent"', 'tone = "urgent"\nde = ["es brennt"]', "rule[fire]"),
    ("emergency.toml", 'tone = "urgent"', 'tone = "urgent"\ntune = "x"', "rule[fire].tune"),
    ("smalltalk.toml", 'key = "help"', 'key = "cancel"', "kind[cancel]"),
    ("smalltalk.toml", 'finglish = ["laghv"', 'latin = ["laghv"', "kind[cancel]"),
    ("answers.toml", 'kind = "done"', 'kind = "do"', "answer[waste_taken].kind"),
    ("answers.toml", 'kind = "done"', 'kind = "refuse"', "answer[waste_taken]"),
    ("answers.toml", 'kind = "done"', 'kind = "done"\nreason = "law"', "answer[waste_taken]"),
    ("answers.toml", 'reason = "budget"', 'reason = "money"', "answer[budget_none].reason"),
    ("answers.toml", '["waste_collection"]', '["waste"]', "answer[waste_taken].categories"),
    ("answers.toml", 'categories = ["waste_collection"]', "", "answer[waste_taken].categories"),
    ("answers.toml", "🗑 زباله جمع شد", "🗑 زباله جمع و برده شد", "answer[waste_taken]"),
    ("answers.toml", "از این محل جمع و با ماشین", "از {محل}", "answer[waste_taken]"),
    ("answers.toml", "زباله‌های جامانده از این محل جمع و با ماشین", "", "answer[waste_taken].words"),
    ("answers.toml", "زباله‌های جامانده", "زباله " * 200, "answer[waste_taken].words"),
    ("answers.toml", 'key = "waste_round"', 'key = "waste_taken"', "answer[waste_taken]"),
    ("answers.toml", "stock = [", "stick = [", "hollow.stock"),
    ("answers.toml", "stock = [", "more = []\nstock = [", "hollow.more"),
    ("landmarks.toml", 'kind = "street"', "", "landmark[ghadir_boulevard].kind"),
    ("portal.toml", 'list_url = ""', 'list_url = "http://elsewhere.ir/"', "news"),
    ("portal.toml", 'feed_url = ""', 'feed_url = "qorveh.ir"', "news.feed_url"),
    ("portal.toml", 'kind = "news"', 'kind = "rumours"', "news.kind"),
    ("portal.toml", 'link = "a[href]"', 'link = ""', "news.list.link"),
    ("holidays.toml", "checked_years = []", 'checked_years = ["1405"]', "checked_years[0]"),
]


@pytest.mark.parametrize(("file", "old", "new", "key"), TOML)
def test_a_wrong_value_is_named_by_file_and_key(folder: Path, file: str, old: str, new: str, key: str) -> None:
    damage(folder, file, old, new)
    named = refused(folder)
    assert named[1] == key
    assert named[0] == file or key in ("department[inspection]", "category[water_sewer].outside")


def test_more_groups_than_buttons_are_refused(folder: Path) -> None:
    group = '[[group]]\nkey = "extra"\nemoji = "🧹"\nname = { fa = "ی" }\nlabel = { fa = "ی" }\nradius_m = 9\n'
    damage(folder, "categories.toml", "[[group]]", f"{group}\n[[group]]")
    assert refused(folder) == ("categories.toml", "group")


FTL = [
    ("fa", "btn-yes = ✅ بله", "btn-yes ✅ بله", "line "),
    ("fa", "btn-yes = ✅ بله", "btn-no = ❌ نه", "btn-no"),
    ("fa", "btn-yes = ✅ بله", "btn-yes =", "btn-yes"),
    ("fa", "status-referred-named = ارجاع شد به { $department }", "status-referred-named = { $department", ""),
    ("fa", "btn-yes = ✅ بله", "", "btn-yes"),
    ("ckb", "btn-yes = ", "btn-yess = ", "btn-yess"),
    ("az", "case-add-ok = { $code }", "case-add-ok = { $kod }", "case-add-ok"),
    ("en", "case-add-ok = Added to report { $code }", "case-add-ok = Added to report", "case-add-ok"),
]


@pytest.mark.parametrize(("lang", "old", "new", "key"), FTL)
def test_a_broken_text_is_named_by_its_language_and_id(folder: Path, lang: str, old: str, new: str, key: str) -> None:
    damage(folder, f"strings/{lang}.ftl", old, new)
    file, named = refused(folder)
    assert named.startswith(key)
    assert named
    assert file.startswith("strings/")


def test_a_language_without_texts_is_refused(folder: Path) -> None:
    (folder / "strings/az.ftl").write_text("# nothing yet\n")
    assert refused(folder) == ("strings/az.ftl", "")


MAYOR = [
    ("همه شهردار هستیم", "همه شهرداریم", "body_sha256"),
    ("زبان ها", "زبان‌ها", "body_sha256"),
    ("سامانه 137", "سامانه ۱۳۷", "body_sha256"),
    ("paragraphs: 7", "paragraphs: 8", "paragraphs"),
    ("signature: عباس", "signature: ع", "signature"),
    ("body_sha256: d8", "body_sha256: d9", "body_sha256"),
    ("title: پیام شهردار\n", "", "title"),
    ("---\ntitle", "title", "head"),
]


@pytest.mark.parametrize(("old", "new", "key"), MAYOR)
def test_a_changed_word_of_the_mayor_is_noticed(folder: Path, old: str, new: str, key: str) -> None:
    damage(folder, "mayor_message.md", old, new)
    assert refused(folder) == ("mayor_message.md", key)


def first_ring(change: Callable[[list[list[float]]], object]) -> Callable[[dict[str, object]], None]:
    def apply(feature: dict[str, object]) -> None:
        geometry = feature["geometry"]
        assert isinstance(geometry, dict)
        change(geometry["coordinates"][0])

    return apply


AREAS: list[tuple[Callable[[dict[str, object]], object], str]] = [
    (first_ring(lambda ring: ring.pop()), "features[center].geometry"),
    (first_ring(lambda ring: ring.__delitem__(slice(1, -1))), "features[center].geometry"),
    (first_ring(lambda ring: ring[3].__setitem__(1, 147.0)), "features[center].geometry"),
    (first_ring(lambda ring: ring[3].append(1.0)), "features[center].geometry"),
    (lambda feature: feature.pop("geometry"), "features[0].geometry"),
    (lambda feature: feature.update(properties={"key": "x"}), "features[0].properties.name"),
    (lambda feature: feature.update(geometry={"type": "Point", "coordinates": [1, 2]}), "features[0].geometry.type"),
    (lambda feature: feature.update(geometry={"type": "Polygon", "coordinates": []}), "features[center].geometry"),
]


@pytest.mark.parametrize(("change", "key"), AREAS)
def test_a_broken_area_is_named(folder: Path, change: Callable[[dict[str, object]], object], key: str) -> None:
    path = folder / "areas.geojson"
    data = json.loads(path.read_text())
    change(data["features"][0])
    path.write_text(json.dumps(data))
    assert refused(folder) == ("areas.geojson", key)


def test_areas_that_are_no_json_are_named_by_line(folder: Path) -> None:
    damage(folder, "areas.geojson", '"features"', "features")
    assert refused(folder)[1].startswith("line ")


def test_an_overlay_says_only_what_differs(folder: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    (overlay / "city.toml").write_text("[limits]\nmax_photos = 9\n")
    (overlay / "departments.toml").write_text('[[department]]\nkey = "civil"\nconfirmed = true\n')
    pack = load_pack(folder, overlay)
    assert (pack.limits.max_photos, pack.limits.max_voice) == (9, 3)
    assert [key for key, department in pack.departments.items() if department.confirmed] == ["civil"]
    assert list(pack.departments) == list(load_pack(folder).departments)


@pytest.mark.parametrize(
    ("file", "text", "named"),
    [
        ("citi.toml", "x = 1", ""),
        ("city.toml", "[limits]\nmax_foto = 1", "limits.max_foto"),
        ("city.toml", "limits = ", "end of document"),
        ("departments.toml", '[[department]]\nkey = "sivil"\nconfirmed = true', "department[sivil].name"),
    ],
)
def test_a_slip_in_the_overlay_is_refused(folder: Path, tmp_path: Path, file: str, text: str, named: str) -> None:
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    (overlay / file).write_text(text)
    found = refused(folder, overlay)
    assert file in found[0]
    assert found[1] == named
