"""The place that a camera wrote into its picture."""

from __future__ import annotations

from math import isfinite
from typing import Any

from PIL.Image import Exif

_GPS = 0x8825


def place_in(exif: Exif) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, or None where there is none that can be meant (0, 0 is an empty field)."""
    try:
        gps = exif.get_ifd(_GPS)
        lat = _degrees(gps[2], gps[1], "S")
        lon = _degrees(gps[4], gps[3], "W")
    except Exception:  # hostile metadata: any type, any length
        return None
    if not (isfinite(lat) and isfinite(lon)) or abs(lat) > 90 or abs(lon) > 180 or lat == lon == 0:
        return None
    return lat, lon


def _degrees(parts: Any, side: Any, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return round(-value if str(side).strip("\0 ").upper() == negative else value, 6)
