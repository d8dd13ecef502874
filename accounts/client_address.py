"""Where a request comes from, as far as the proxies in front of the portal are believed."""

import ipaddress

from rest_framework.throttling import BaseThrottle

# A subscriber owns all the IPv6 addresses of a network.
_IPV6_NETWORK = 64


def address_of(request) -> str:
    """The address that calls: `NUM_PROXIES` last entries of X-Forwarded-For are believed, as for the APIs."""
    return BaseThrottle().get_ident(request)


def network_of(address: str) -> str:
    """The address itself in IPv4, its network in IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, _IPV6_NETWORK), strict=False))
