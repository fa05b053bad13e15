"""Rich text as HTML: the one place where it is escaped."""

from __future__ import annotations

from bot.talk.rich import Bold, Code, Link, Plain, Rich

LRI, PDI = "\u2066", "\u2069"


def escape(text: str) -> str:
    """Text that shows as typed between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def render(rich: Rich, codes: int) -> str:
    """HTML of the rich text. The first `codes` codes are isolated.

    The isolates stand outside the tag: the code can't flip in right-to-left text, and copying it gives clean digits.
    """
    out = ""
    for part in rich:
        if not part.text:
            continue
        text = escape(part.text)
        match part:
            case Plain():
                out += text
            case Bold():
                out += f"<b>{text}</b>"
            case Code():
                out += f"{LRI}<code>{text}</code>{PDI}" if codes > 0 else f"<code>{text}</code>"
                codes -= 1
            case Link():
                out += f'<a href="{escape(part.url).replace(chr(34), "&quot;")}">{text}</a>'
    return out


def bare(rich: Rich, codes: int) -> str:
    """The same without markup; codes are isolated all the same."""
    out = ""
    for part in rich:
        if isinstance(part, Code) and part.text and codes > 0:
            out += f"{LRI}{part.text}{PDI}"
            codes -= 1
        else:
            out += part.text
    return out
