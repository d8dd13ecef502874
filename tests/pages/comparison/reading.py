"""What a reader has of a comparison."""

import re
from urllib.parse import parse_qs, urlsplit

TOKENS = ("50022139.pro.r11", "50022139.pro.r53", "50022139.pro.r24")


def compared(client, *, prefix="", tokens=TOKENS, **asked):
    """The comparison as a reader has it, without spaces that do not break."""
    response = client.get(f"{prefix}/comparer/", {"e": tokens} | asked)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.text.replace("\u00a0", " "))


def headings(html):
    return [heading.strip() for heading in re.findall(r"<h2[^>]*>\s*([^<]*)</h2>", html)]


def links(html, text):
    """Query of each link that has this text, as {name: [values]}."""
    found = re.findall(rf'<a [^>]*href="([^"]+)"[^>]*>{text}<', html)
    return [parse_qs(urlsplit(address.replace("&amp;", "&")).query) for address in found]


def opened(client, address):
    return re.sub(r"\s+", " ", client.get(address).text.replace("\u00a0", " "))
