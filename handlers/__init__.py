"""python-telegram-bot handlers, one dialogue a file; registry.py is the one ordered list."""
