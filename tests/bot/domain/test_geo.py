from __future__ import annotations

from math import asin, atan2, cos, degrees, inf, nan, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import geo

QORVEH = (35.1664, 47.80564)
TOWN = (47.750, 35.130, 47.861, 35.203)
in_town = st.tuples(st.floats(35.130, 35.203), st.floats(47.750, 47.861))
anywhere = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize("place", [(90, 180), (-90, -180), (0, 0), QORVEH])
def test_points_of_the_globe_are_valid(place: geo.Point) -> None:
    assert geo.valid(*place)


@pytest.mark.parametrize("place", [(90.1, 0), (0, 180.1), (-91, 0), (0, -181), (nan, 0), (0, nan), (inf, 0)])
def test_points_outside_the_world_are_not(place: geo.Point) -> None:
    assert not geo.valid(*place)


def test_known_distances_in_metres() -> None:
    assert geo.distance((0, 0), (0, 1)) == pytest.approx(111_195, abs=1)
    assert geo.distance((35.6892, 51.3890), QORVEH) == pytest.approx(330_000, rel=0.01)
    assert geo.distance((0, 0), (0, 180)) == pytest.approx(20_015_115, abs=10)


@given(anywhere, anywhere)
def test_the_way_there_is_as_long_as_the_way_back(one: geo.Point, other: geo.Point) -> None:
    assert geo.distance(one, other) == pytest.approx(geo.distance(other, one), abs=1e-3)
    assert geo.distance(one, one) == 0


def test_the_edge_belongs_to_the_box() -> None:
    assert geo.inside(TOWN, QORVEH)
    assert geo.inside(TOWN, (35.130, 47.750))
    assert not geo.inside(TOWN, (35.129, 47.750))
    assert not geo.inside(TOWN, (47.80564, 35.1664))


@given(in_town)
def test_a_rough_place_is_near_but_not_the_place(place: geo.Point) -> None:
    assert geo.distance(place, geo.rough(place, 100)) <= 72


@given(in_town)
def test_a_rough_place_stays_where_it_is(place: geo.Point) -> None:
    once = geo.rough(place, 100)
    assert geo.distance(geo.rough(once, 100), once) < 1


def test_neighbours_share_a_rough_place() -> None:
    corner = geo.rough(QORVEH, 100)
    assert {geo.rough((corner[0] + d, corner[1] + d), 100) for d in (-0.0003, 0, 0.0003)} == {corner}


@given(anywhere)
def test_a_rough_place_is_a_place(place: geo.Point) -> None:
    assert geo.valid(*geo.rough(place, 100))


@given(st.tuples(st.floats(-85, 85), st.floats(-179, 179)), st.floats(1, 5_000), st.floats(0, 360), st.floats(0, 1))
def test_the_box_around_a_point_holds_the_circle(
    point: geo.Point, metres: float, direction: float, part: float
) -> None:
    bearing, way = radians(direction), metres * part / 6_371_008.8
    lat, lon = radians(point[0]), radians(point[1])
    north = asin(sin(lat) * cos(way) + cos(lat) * sin(way) * cos(bearing))
    east = lon + atan2(sin(bearing) * sin(way) * cos(lat), cos(way) - sin(lat) * sin(north))
    west, south, east_edge, north_edge = geo.around(point, metres)
    grown = (west - 1e-9, south - 1e-9, east_edge + 1e-9, north_edge + 1e-9)
    assert geo.inside(grown, (degrees(north), degrees(east)))


def test_the_box_around_a_point_is_no_larger_than_the_circle_needs() -> None:
    west, south, east, north = geo.around(QORVEH, 250)
    assert geo.distance(QORVEH, (north, QORVEH[1])) == pytest.approx(250, rel=1e-6)
    assert geo.distance((south, QORVEH[1]), (north, QORVEH[1])) == pytest.approx(500, rel=1e-6)
    assert geo.distance((QORVEH[0], west), (QORVEH[0], east)) == pytest.approx(500, rel=1e-6)
