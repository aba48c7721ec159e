"""From where somebody acts, as their browser and the network tell: raw here, never kept (`traces` hashes)."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class Seen(NamedTuple):
    """What one request shows: the secret of the browser's form cookie, and the network it came from."""

    device: str
    network: str


def seen_in(request: HttpRequest) -> Seen:
    """What a request shows; empty where it shows nothing. No cookie is set for this."""
    return Seen(str(request.META.get("CSRF_COOKIE") or ""), _network(request))


def _network(request: HttpRequest) -> str:
    """The address behind the trusted proxies; of IPv6 the /64 that one household has."""
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except (ValueError, PermissionDenied):
        return ""
    if isinstance(address, IPv6Address):
        return address.exploded[:19]
    return str(address)
