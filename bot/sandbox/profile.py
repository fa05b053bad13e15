"""What differs between the two platforms. Every flag may be turned in a test: `platform.profile.errors_as_200 = True`.

Nobody has tried the live Bale: where sources disagree, the default is the stricter reading and the other a flag.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

MB = 1 << 20


@dataclass(slots=True)
class Profile:
    """One platform's manners."""

    name: Literal["telegram", "bale"]
    first_update_id: int
    # Updates kept for a bot that does not fetch them; the oldest fall out first. None: as many as come.
    keeps: int | None = None
    # ok:false travels with HTTP 200 (one of Bale's two reported shapes). "message is too long" never does.
    errors_as_200: bool = False
    # "html": Telegram. "ignored", "refused": Bale reads its own Markdown whatever parse_mode says, or answers 400.
    parse_mode: Literal["html", "ignored", "refused"] = "html"
    copy_text: bool = True
    web_app: bool = True
    style: Literal["kept", "stripped", "refused"] = "kept"
    # A second poller takes the updates silently instead of ending the first one with 409.
    steals: bool = False
    # Telegram slows a poller that asks for the same offset again and again.
    pacing: bool = True
    upload: int = 50 * MB
    # JSON bodies with a numeric chat_id or nested reply_markup get 404 (seen by one client of Bale).
    picky_json: bool = False
    # Updates lack what Bale leaves out: flags, dates, durations, entities.
    poor: bool = False
    lacks: frozenset[str] = field(default_factory=frozenset)


_BALE_LACKS = frozenset(
    [
        "setmycommands",
        "getmycommands",
        "deletemycommands",
        "setchatmenubutton",
        "getchatmenubutton",
        "setmyname",
        "setmydescription",
        "setmyshortdescription",
        "sendvenue",
    ]
)


def telegram() -> Profile:
    return Profile("telegram", first_update_id=437_000_001)


def bale() -> Profile:
    return Profile(
        "bale",
        first_update_id=0,
        keeps=2000,
        parse_mode="ignored",
        copy_text=False,
        style="stripped",
        steals=True,
        pacing=False,
        upload=20 * MB,
        picky_json=True,
        poor=True,
        lacks=_BALE_LACKS,
    )
