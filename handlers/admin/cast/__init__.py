"""Announcements to many, from an admin's chat."""
