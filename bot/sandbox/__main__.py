"""python -m bot.sandbox: the sandbox in a process of its own, until POST /control/shutdown, SIGTERM or Ctrl-C.

The first line on standard output is JSON: {"telegram": url, "bale": url, "control": url}.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys

from aiohttp import web

from bot.sandbox.control import Control
from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox

try:
    import uvloop
except ImportError:  # not on every system
    run = asyncio.run
else:
    run = uvloop.run


def main() -> None:
    """Parse the ports (0: any free one) and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A fake Telegram and a fake Bale.")
    for name in ("telegram", "bale", "control"):
        parser.add_argument(f"--{name}", type=int, default=0, metavar="PORT")
    parser.add_argument("--no-record", action="store_true", help="count calls without keeping them")
    run(_serve(parser.parse_args()))


async def _serve(options: argparse.Namespace) -> None:
    sandbox = Sandbox()
    for platform in (sandbox.telegram, sandbox.bale):
        platform.calls.record = not options.no_record
    control, loop = Control(sandbox), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, control.stopped.set)
    async with serve(sandbox, {"telegram": options.telegram, "bale": options.bale}) as server:
        door = web.Server(control.handle, access_log=None)
        listener = await loop.create_server(door, "127.0.0.1", options.control)
        urls = {name: server.url(name) for name in ("telegram", "bale")}
        urls["control"] = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        sys.stdout.write(json.dumps(urls) + "\n")
        sys.stdout.flush()
        await control.stopped.wait()
        listener.close()
        await door.shutdown(0.5)


if __name__ == "__main__":
    main()
