"""From which address a request really comes."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """Behind the reverse proxy (an https installation) the last entry of X-Forwarded-For is
    what the proxy saw; the entries before it are what anybody may claim."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    return forwarded.split(",")[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))


def household(address: str) -> str:
    """What one connection shares: the address itself, of IPv6 its /64, in which a single
    computer may choose among 2^64."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    mapped = known.ipv4_mapped
    return str(mapped) if mapped else str(ip_network((known, 64), strict=False))
