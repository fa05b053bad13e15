"""Dialogues of citizens."""
