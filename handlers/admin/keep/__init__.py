"""Keeping projects and programmes: one list, one card and one dialogue for both. `things.py` says how they differ."""
