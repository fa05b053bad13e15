"""Dialogues of admins, and of managers about their own people."""
