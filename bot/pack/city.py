"""city.toml: names, place, hours, phones, every limit, who may be disturbed by what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from bot.domain.calendar import WEEKDAYS
from bot.pack.part import SOURCE, Count, Key, Many, Part, Words

Weekday = Literal["saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


def _check_hours(hours: tuple[str, ...]) -> tuple[str, ...]:
    if hours and (len(hours) != 2 or hours[0] >= hours[1]):
        raise ValueError("hours are [] or two: when it opens, and later when it closes")
    return hours


Hours = Annotated[tuple[Clock, ...], Field(strict=False), AfterValidator(_check_hours)]


def _check_box(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = box
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ValueError("a box is west, south, east, north, in degrees")
    return box


Box = Annotated[tuple[float, float, float, float], Field(strict=False), AfterValidator(_check_box)]


class CityName(Part):
    """The town's name by language, and other spellings in Latin letters."""

    words: Words
    aliases_en: Many[str] = ()

    @model_validator(mode="before")
    @classmethod
    def _split(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        words = {key: value for key, value in data.items() if not key.startswith("aliases_")}
        return {"words": words, **{key: value for key, value in data.items() if key not in words}}


class Place(Part):
    province: Words
    county_fa: str
    districts_fa: Many[str]
    elevation_m: int
    municipal_regions: Many[str]
    not_this: Many[str]


class Geo(Part):
    """Degrees. `bbox` and `county_bbox` are west, south, east, north: to ask by, never to refuse by."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    bbox: Box
    county_bbox: Box
    default_zoom: Count

    def in_city(self, lat: float, lon: float) -> bool:
        return _inside(self.bbox, lat, lon)

    def in_county(self, lat: float, lon: float) -> bool:
        return _inside(self.county_bbox, lat, lon)


def _inside(box: tuple[float, float, float, float], lat: float, lon: float) -> bool:
    west, south, east, north = box
    return south <= lat <= north and west <= lon <= east


class Population(Part):
    city: Annotated[int, Field(ge=0)]


class Languages(Part):
    """`offered` in the order in which they are shown; `draft` ones had no native review."""

    default: str
    offered: Many[str]
    rtl: Many[str]
    draft: Many[str]

    @model_validator(mode="after")
    def _known(self) -> Languages:
        if SOURCE not in self.offered:
            raise ValueError(f"{SOURCE} must be offered: the other languages fall back to it")
        if strange := {self.default, *self.rtl, *self.draft} - set(self.offered):
            raise ValueError(f"{min(strange)} is not offered")
        return self


class Quiet(Part):
    """When citizens are left in peace; may span midnight."""

    start: Clock
    end: Clock


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is no time zone of the IANA list") from None
    return name


class Time(Part):
    """`hours` of a weekday: () or ("07:30", "14:00"). A half day has hours and is not in `full_days`."""

    timezone: Annotated[str, AfterValidator(_check_zone)]
    calendar: Literal["jalali"]
    week_starts: Weekday
    full_days: Many[Weekday]
    thursday: Literal["closed", "half", "full"]
    hours: Mapping[str, Hours]
    quiet: Quiet

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @model_validator(mode="after")
    def _open_when_working(self) -> Time:
        if strange := set(self.hours) - set(WEEKDAYS):
            raise ValueError(f"hours of {min(strange)}: there is no such weekday")
        for day in self.full_days:
            if not self.hours.get(day):
                raise ValueError(f"{day} is a full day without hours")
        return self


class Phones(Part):
    """Numbers to dial, in Latin digits; empty is unknown."""

    municipality_137: str
    fire: str
    ambulance: str
    police: str
    red_crescent: str
    social_emergency: str
    power: str
    water: str
    gas: str
    area_code: str
    hours_137: str
    office_phone: str
    sms_number: str
    address_fa: str


class Broadcast(Part):
    """`templates`: what is filled in instead of written; their texts are `cast-<template>`, `-over`, `cast-title-`."""

    on_by_default: bool
    ignores_quiet: bool
    second_person: bool
    expiry_hours: Count
    templates: Many[Key] = ()


class Digest(Part):
    """`days`: "working", "all" or weekdays."""

    days: Literal["working", "all"] | Many[Weekday]
    at: Clock


class Portal(Part):
    host: str
    product: str
    scheme: Literal["http", "https"]
    page_template: str
    page_template_old: str
    mayor_message_tab: int
    bot_address: str


class Limits(Part):
    """Limits on people. Units are in the names; the pack's comments say what each is for."""

    max_photos: Count
    max_videos: Count
    max_voice: Count
    max_file_mb: Count
    reports_per_day: Count
    additions_per_day: Count
    min_text_chars: Count
    draft_expiry_hours: Count
    undo_minutes: Count
    location_accuracy_m: Count
    similar_shown: Count
    similar_days: Count
    max_referrals: Count
    claim_minutes: Count
    min_reason_chars: Count
    max_reason_chars: Count
    due_soon_hours: Count
    question_reminder_days: Count
    question_days: Count
    done_reminder_days: Count
    silence_days: Count
    reopen_days: Count
    review_days: Count
    escalate_manager_days: Count
    escalate_mayor_days: Count
    recurring_count: Count
    recurring_radius_m: Count
    recurring_days: Count
    pushes_per_day: Count
    messages_per_minute: Count
    flood_pause_minutes: Count
    block_days: Count
    list_page: Count
    code_guesses_per_hour: Count
    code_guesses_per_hour_all: Count
    link_code_minutes: Count
    invite_hours: Count
    second_approval_from: Count
    max_broadcast_chars: Count
    suggestions_per_week: Count
    small_count: Count
    public_round_m: Count
    retention_days: Count


class City(Part):
    """The whole file. What of it citizens may be told is decided by `facts`, not here."""

    version: str
    slug: Key
    confirmed: Many[str]
    source: Mapping[str, str]
    name: CityName
    municipality: Words
    place: Place
    geo: Geo
    population: Population
    languages: Languages
    time: Time
    phones: Phones
    limits: Limits
    broadcast: Mapping[Key, Broadcast]
    digests: Mapping[Key, Digest]
    portal: Portal
    posters: Mapping[Key, str] = {}  # kinds of things that wear a sticker, and the category that its code starts
