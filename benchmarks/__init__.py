"""How fast the bot is, beside others that hold the same dialogue. `python -m benchmarks --help`."""
