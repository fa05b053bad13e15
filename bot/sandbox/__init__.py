"""A fake Telegram and a fake Bale, as strict as the real ones, for tests, benchmarks and the demo.

    sandbox = Sandbox(clock)
    async with serve(sandbox) as server:              # server.url("telegram"), server.url("bale")
        alice = sandbox.telegram.person("Alice")
        alice.starts()                                 # an act: becomes an update for the bot
        hello = await alice.answer()                   # waits for the bot's next message
        alice.presses("گزارش")                         # inline button, by label or data
        alice.types_key("📢 گزارش")                    # key of the reply keyboard
        await alice.sees("کد پیگیری")

What a person does stands in `acts.Acts`, what they read in `person.Person`, messages in `message.Message`, the
switches of a platform in `platform.Platform` and `profile.Profile`, faults in `faults.Faults.add`, limits in
`limits.Limits`. `python -m bot.sandbox` serves the same in a process of its own, driven by `remote.RemoteSandbox`.
"""

from bot.sandbox.limits import BALE_LIMITS, Limits
from bot.sandbox.message import Button, Message, Pin
from bot.sandbox.person import Person
from bot.sandbox.platform import Platform
from bot.sandbox.server import Server, serve
from bot.sandbox.world import Sandbox

__all__ = ["BALE_LIMITS", "Button", "Limits", "Message", "Person", "Pin", "Platform", "Sandbox", "Server", "serve"]
