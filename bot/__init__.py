"""Shahr137: a city in your messenger."""

__version__ = "0.1.0"
