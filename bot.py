"""The door: `python bot.py run`, `python bot.py demo`, `python bot.py --help`."""

if __name__ == "__main__":
    from bot.cli import main

    raise SystemExit(main())
