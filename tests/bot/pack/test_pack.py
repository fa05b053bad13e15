from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.pack import Pack
from bot.pack.catalogue import OTHER


def test_a_label_has_its_emoji_first_and_fits_a_button_in_every_language(qorveh: Pack) -> None:
    for item in (*qorveh.groups.values(), *qorveh.categories.values()):
        for lang in qorveh.languages.offered:
            assert item.label(lang).startswith(item.emoji)
            assert len(item.label(lang)) <= 20


def test_a_name_missing_in_a_language_is_said_in_persian(qorveh: Pack) -> None:
    assert qorveh.landmarks["qilar"].name("en") == "قیلر"
    assert qorveh.name("en") == "Qorveh"
    assert qorveh.municipality("fa") == "شهرداری قروه"


def test_every_category_is_offered_in_its_group_but_other(qorveh: Pack) -> None:
    offered = [category.key for group in qorveh.groups for category in qorveh.offered(group)]
    assert sorted([*offered, OTHER]) == sorted(qorveh.categories)


def test_a_category_without_a_radius_has_its_groups(qorveh: Pack) -> None:
    assert qorveh.radius_m("waste_bin") == 60
    assert qorveh.radius_m("street_sweeping") == qorveh.groups["clean"].radius_m == 100


def test_only_staff_conduct_is_private(qorveh: Pack) -> None:
    assert [category.key for category in qorveh.categories.values() if category.private] == ["staff_service"]


def test_advice_is_there_in_every_language(qorveh: Pack) -> None:
    assert {len({qorveh.advice(key, lang) for lang in qorveh.languages.offered}) for key in qorveh.advices} == {4}


def test_the_pack_can_not_be_changed(qorveh: Pack) -> None:
    with pytest.raises(ValidationError):
        qorveh.limits.max_photos = 50


def test_emergency_phrases_come_by_language(qorveh: Pack) -> None:
    fire = next(rule for rule in qorveh.emergencies if rule.key == "fire")
    assert fire.numbers == ("125",)
    assert set(fire.phrases) == {"fa", "ckb", "az", "en", "finglish"}
    assert "on fire" in fire.phrases["en"]
    assert {"on fire", "حریق"} < set(fire.every_phrase)


def test_small_talk_comes_by_kind_in_the_files_order(qorveh: Pack) -> None:
    assert next(iter(qorveh.smalltalk)) == "cancel"
    assert "سلام" in qorveh.smalltalk["greeting"]


def test_examples_tell_certain_from_possible_emergencies(qorveh: Pack) -> None:
    assert len(qorveh.examples) > 1_000
    assert {example.emergency for example in qorveh.examples} >= {"", None, "gas"}
    assert qorveh.examples is qorveh.examples


def test_every_number_of_an_emergency_has_a_name_in_every_language(qorveh: Pack) -> None:
    numbers = {number for rule in qorveh.emergencies for number in rule.numbers}
    numbers |= {number for category in qorveh.categories.values() for number in category.emergency}
    assert qorveh.phone_text("125") == "phone-fire"
    for number in numbers:
        assert all(qorveh.phone_text(number) in qorveh.text_ids(lang) for lang in qorveh.languages.offered)
    with pytest.raises(KeyError):
        qorveh.phone_text("999")


def test_numbers_of_the_city_are_numbers(qorveh: Pack) -> None:
    assert qorveh.limits.undo_minutes == 10
    assert qorveh.phones.municipality_137 == "137"
    assert (qorveh.time.quiet.start, qorveh.time.hours["saturday"][0]) == ("21:30", "07:30")
    assert qorveh.time.hours["friday"] == ()
    assert qorveh.broadcast["safety"].ignores_quiet
    assert qorveh.digests["officer"].days == "working"
    assert qorveh.portal.mayor_message_tab == 4772
