"""Names of places, and the rough areas of the town."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, inf, radians
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.errors import PackError
from bot.pack.city import Geo
from bot.pack.part import Key, Many, Part, Words, build, said

METRES_A_DEGREE = 111_195  # of latitude, and of longitude at the equator
Ring = tuple[tuple[float, float], ...]  # longitude, latitude, as GeoJSON has them


class Landmark(Part):
    """A name that people use for a place. Decides nothing alone; lat and lon are None while unknown."""

    key: Key
    kind: str
    names: Annotated[Words, Field(alias="name")]
    also: Many[str] = ()
    lat: float | None = None
    lon: float | None = None
    note: str = ""
    source: str = ""
    confirmed: bool

    def name(self, lang: str) -> str:
        return said(self.names, lang)


class Landmarks(Part):
    version: str
    landmark: Many[Landmark]


class _Properties(Part):
    key: Key
    names: Annotated[Words, Field(alias="name")]
    kind: str
    approximate: bool = False
    source: str = ""
    confirmed: bool


class _Geometry(Part):
    type: Literal["Polygon", "MultiPolygon"]
    coordinates: list[Any]


class _Feature(Part):
    type: Literal["Feature"]
    properties: _Properties
    geometry: _Geometry


class _Collection(Part):
    type: Literal["FeatureCollection"]
    features: list[_Feature]
    name: str = ""
    note: str = ""
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the town. Its rings count odd and even, so that holes and several pieces need nothing more."""

    key: str
    names: Mapping[str, str]
    confirmed: bool
    rings: tuple[Ring, ...]

    def name(self, lang: str) -> str:
        return said(self.names, lang)

    def holds(self, lat: float, lon: float) -> bool:
        odd = False
        for ring in self.rings:
            for (x1, y1), (x2, y2) in pairwise(ring):
                if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
                    odd = not odd
        return odd

    def metres_away(self, lat: float, lon: float) -> float:
        """From the nearest edge; flat, good enough within a town."""
        east = METRES_A_DEGREE * cos(radians(lat))
        best = inf
        for ring in self.rings:
            flat = [((x - lon) * east, (y - lat) * METRES_A_DEGREE) for x, y in ring]
            best = min(best, *(_from_origin(a, b) for a, b in pairwise(flat)))
        return best


def area_of(areas: tuple[Area, ...], geo: Geo, lat: float, lon: float) -> Area | None:
    """The first area that holds the point, else the nearest one; outside the town's box None (and people are asked)."""
    if not geo.in_city(lat, lon) or not areas:
        return None
    for area in areas:
        if area.holds(lat, lon):
            return area
    return min(areas, key=lambda area: area.metres_away(lat, lon))


def load_areas(file: str, text: str, languages: tuple[str, ...]) -> tuple[Area, ...]:
    """From GeoJSON. Raises PackError for open rings and points outside the world."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise PackError(file, f"line {error.lineno}", f"{error.msg}.") from None
    collection = build(_Collection, file, data, languages)
    return tuple(_area(file, feature) for feature in collection.features)


def _area(file: str, feature: _Feature) -> Area:
    own, shape = feature.properties, feature.geometry
    pieces = [shape.coordinates] if shape.type == "Polygon" else shape.coordinates
    try:
        rings = tuple(tuple((float(x), float(y)) for x, y in ring) for piece in pieces for ring in piece)
        _check_rings(rings)
    except (TypeError, ValueError) as error:
        raise PackError(file, f"features[{own.key}].geometry", f"{error}.") from None
    return Area(own.key, own.names, own.confirmed, rings)


def _check_rings(rings: tuple[Ring, ...]) -> None:
    if not rings:
        raise ValueError("there is no ring of points")
    for ring in rings:
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise ValueError("a ring is not closed: it needs four points or more, the last one like the first")
        if not all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring):
            raise ValueError("a point lies outside the world: longitude first, then latitude, in degrees")


def _from_origin(a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, -(a[0] * dx + a[1] * dy) / length)) if length else 0.0
    return hypot(a[0] + along * dx, a[1] + along * dy)
