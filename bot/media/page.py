"""A page of headings, pairs and lists that opens in any browser without a network. All that goes in is escaped."""

from __future__ import annotations

from html import escape

_HEAD = """<!doctype html>
<html lang="{lang}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1rem/1.8 Vazirmatn, Tahoma, sans-serif; max-width: 45rem; margin: auto; padding: 1rem; }}
section {{ border-top: 1px solid #888; }}
dt {{ font-weight: bold; }}
dd, pre {{ margin: 0 0 .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }}
</style>
</head>
<body>
<h1>{title}</h1>
"""


class Page:
    """Grows from top to bottom. `value` of a pair may be empty: then the pair is left out."""

    def __init__(self, lang: str, title: str, *, rtl: bool) -> None:
        self._parts = [_HEAD.format(lang=escape(lang), direction="rtl" if rtl else "ltr", title=escape(title))]
        self._open = False

    def section(self, title: str) -> None:
        self._parts.append(f"{'</section>' if self._open else ''}\n<section>\n<h2>{escape(title)}</h2>\n")
        self._open = True

    def part(self, title: str) -> None:
        self._parts.append(f"<h3>{_said(title)}</h3>\n")

    def words(self, text: str) -> None:
        self._parts.append(f"<p>{_said(text)}</p>\n")

    def pair(self, label: str, value: str) -> None:
        if value:
            self._parts.append(f"<dl><dt>{escape(label)}</dt><dd>{_said(value)}</dd></dl>\n")

    def file(self, name: str, path: str) -> None:
        """A file by name; `path` inside the archive, empty where it is not in it."""
        link = f'<a href="{escape(path)}">{_said(name)}</a>' if path else _said(name)
        self._parts.append(f"<p>{link}</p>\n")

    def raw(self, text: str) -> None:
        """Data as it is kept."""
        self._parts.append(f'<pre dir="ltr">{escape(text)}</pre>\n')

    def done(self) -> bytes:
        """The whole page, as UTF-8."""
        whole = "".join(self._parts) + ("</section>" if self._open else "") + "\n</body>\n</html>\n"
        return whole.encode()


def _said(text: str) -> str:
    """Words of people, isolated: their direction can't turn ours around."""
    return f"<bdi>{escape(text)}</bdi>"
