"""Dialogues of officials."""
