"""Addresses of pages: which may be asked, and the one form under which an item is known."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

Ip = IPv4Address | IPv6Address
MOST = 2_000  # characters of an address
_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(r"utm_.*|_ga|_gl|fbclid|gclid|yclid|igshid|mc_[ce]id|rnd|jsessionid", re.IGNORECASE)
# The shapes of a DouranPortal (city.toml, [portal]): a page by its tab, with its slug or without, and its old form; a
# news item by tab, module and number, whatever words follow.
_PAGE = re.compile(r"(/[a-z]{2}-[A-Z]{2}/\w+/\d+)(?:/page(?:/[^/]*)?)?")
_ITEM = re.compile(r"(/[a-z]{2}-[A-Z]{2}/\w+/\d+/news/view/\d+/\d+)(?:/.*)?")
_OLD = "/homepage.aspx"
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))  # an IPv4 address, perhaps a private one


def may_ask(url: str, hosts: Collection[str]) -> bool:
    """Whether this address may be asked: http or https, one of the hosts, no port or password of its own."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    usual = port in (None, _PORTS.get(parts.scheme))
    return len(url) <= MOST and parts.scheme in _PORTS and host in hosts and usual and parts.username is None


def is_public(address: Ip) -> bool:
    """Whether an address lies in the open internet: not private, loopback, link-local, multicast or one that wraps
    another.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.is_site_local or _wraps(address):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _wraps(address: IPv6Address) -> bool:
    translated = any(address in network for network in _NAT64)
    return translated or address.sixtofour is not None or address.teredo is not None


def read_ip(host: str) -> Ip | None:
    """The address that a host already is, or None for a name."""
    try:
        return ip_address(host.split("%")[0])
    except ValueError:
        return None


def key_of(url: str) -> str:
    """The form under which an item is known: one scheme, lower-case host, no fragment, no tracking, one shape of those
    that name the same page. For recognising alone; what is asked is the address as the portal gives it.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    query = sorted((name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name))
    if path.lower() == _OLD:
        old = {name.lower(): value for name, value in query}
        if old.get("tabid") and set(old) <= {"tabid", "site", "lang"}:
            path, query = f"/{old.get('lang', 'fa-IR')}/{old.get('site', 'DouranPortal')}/{old['tabid']}", []
    if match := _ITEM.fullmatch(path) or _PAGE.fullmatch(path):
        path = match[1]
    return urlunsplit(("https", host, path, urlencode(query), ""))
