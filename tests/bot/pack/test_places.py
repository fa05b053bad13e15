from __future__ import annotations

import json
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pack import Pack
from bot.pack.places import load_areas

SQUARE = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
HOLE = [[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75], [0.25, 0.25]]
FAR = [[2.0, 0.0], [3.0, 0.0], [3.0, 1.0], [2.0, 0.0]]


def geojson(kind: str, coordinates: object) -> str:
    properties = {"key": "old_town", "name": {"fa": "بافت"}, "kind": "quarter", "confirmed": False}
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_the_middle_of_the_town_is_its_centre(qorveh: Pack) -> None:
    area = qorveh.area_of(qorveh.geo.lat, qorveh.geo.lon)
    assert area is not None
    assert area.name("en") == "City centre"


@pytest.mark.parametrize(
    ("lat", "lon", "key"),
    [(35.2, 47.806, "north"), (35.132, 47.806, "south"), (35.166, 47.86, "east"), (35.166, 47.751, "west")],
)
def test_a_point_at_the_towns_edge_belongs_to_the_nearest_sector(
    qorveh: Pack, lat: float, lon: float, key: str
) -> None:
    area = qorveh.area_of(lat, lon)
    assert area is not None
    assert area.key == key


@pytest.mark.parametrize(("lat", "lon"), [(35.3, 47.8), (35.1664, 48.5), (0.0, 0.0), (91.0, 200.0)])
def test_outside_the_box_there_is_no_area_and_people_are_asked(qorveh: Pack, lat: float, lon: float) -> None:
    assert qorveh.area_of(lat, lon) is None


@settings(max_examples=100)
@given(st.floats(35.130, 35.203), st.floats(47.750, 47.861))
def test_every_point_in_the_box_has_an_area(qorveh: Pack, lat: float, lon: float) -> None:
    assert qorveh.area_of(lat, lon) in qorveh.areas


@settings(max_examples=50)
@given(st.integers(0, 24))
def test_a_corner_that_areas_share_belongs_to_the_first_of_them(qorveh: Pack, corner: int) -> None:
    lon, lat = qorveh.areas[0].rings[0][corner]
    found = qorveh.area_of(lat, lon)
    assert found is not None
    assert found.metres_away(lat, lon) == 0


def test_the_county_is_wider_than_the_town(qorveh: Pack) -> None:
    assert qorveh.geo.in_county(35.4, 47.6)
    assert not qorveh.geo.in_city(35.4, 47.6)
    assert not qorveh.geo.in_county(35.69, 51.39)  # Tehran


def test_a_hole_is_not_part_of_the_area() -> None:
    (area,) = load_areas("areas.geojson", geojson("Polygon", [SQUARE, HOLE]), ("fa",))
    assert area.holds(0.1, 0.1)
    assert not area.holds(0.5, 0.5)


def test_an_area_may_have_several_pieces() -> None:
    (area,) = load_areas("areas.geojson", geojson("MultiPolygon", [[SQUARE], [FAR]]), ("fa",))
    assert area.holds(0.5, 0.5)
    assert area.holds(0.2, 2.8)
    assert not area.holds(0.5, 1.5)


def test_distance_is_in_metres() -> None:
    (area,) = load_areas("areas.geojson", geojson("Polygon", [SQUARE]), ("fa",))
    assert isclose(area.metres_away(-0.01, 0.5), 1_112, rel_tol=0.01)
    assert isclose(area.metres_away(0.5, 1.01), 1_112, rel_tol=0.01)
