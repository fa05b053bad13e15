"""Places on the globe: degrees in, metres out. A point is (latitude, longitude) in WGS 84."""

from __future__ import annotations

from math import asin, cos, degrees, isfinite, pi, radians, sin, sqrt

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees, as `bbox` in the city pack; edges belong to it."""

_EARTH_M = 6_371_008.8  # mean radius (IUGG)
_DEGREE_M = _EARTH_M * pi / 180


def valid(lat: float, lon: float) -> bool:
    """Whether such a point exists."""
    return isfinite(lat) and isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180


def distance(one: Point, other: Point) -> float:
    """Metres along the surface (haversine; the flattening it leaves out is at most 0.6 %)."""
    lat, other_lat = radians(one[0]), radians(other[0])
    half_lat, half_lon = (other_lat - lat) / 2, radians(other[1] - one[1]) / 2
    part = sin(half_lat) ** 2 + cos(lat) * cos(other_lat) * sin(half_lon) ** 2
    return 2 * _EARTH_M * asin(min(1.0, sqrt(part)))


def inside(box: Box, point: Point) -> bool:
    """Whether the point is in the box or on its edge."""
    west, south, east, north = box
    return south <= point[0] <= north and west <= point[1] <= east


def around(point: Point, metres: float) -> Box:
    """The smallest box that holds every point within so many metres. It does not reach over a pole or the date line."""
    lat, lon = point
    half_lat = metres / _DEGREE_M
    part = sin(metres / _EARTH_M) / max(cos(radians(lat)), 1e-9)  # a circle is widest poleward of its middle
    half_lon = degrees(asin(part)) if part < 1 else 180.0
    return lon - half_lon, lat - half_lat, lon + half_lon, lat + half_lat


def rough(point: Point, metres: float) -> Point:
    """The nearest corner of a grid of about `metres`: what the public sees of a place.

    The grid is fixed, so that several reports from one door can't be averaged back to it.
    """
    step = metres / _DEGREE_M
    lat = min(90.0, max(-90.0, round(point[0] / step) * step))
    lon_step = min(360.0, step / max(cos(radians(lat)), 1e-6))
    lon = min(180.0, max(-180.0, round(point[1] / lon_step) * lon_step))
    return round(lat, 6), round(lon, 6)
