"""Who is asking: everybody, the lead of a community, or an operator.

A token comes as `Authorization: Bearer …` from programs, or as the cookie that the sign-in page
sets. A wrong bearer token is an error, so that a program never mistakes public numbers for true
ones; a wrong cookie is nobody's, so that a browser with an old one still sees the page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from ipaddress import ip_address
from urllib.parse import unquote

from starlette.requests import Request

from infra.server.problems import Problem

COOKIE = "tenfold_token"
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""Headers of a proxy: whoever comes through one is not on this machine."""
LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who asks, and what they have shown.

    Attributes:
        leads: Communities whose lead they are.
        operator: Whether they may see every community.
    """

    leads: frozenset[str] = frozenset()
    operator: bool = False

    @property
    def is_public(self) -> bool:
        """Whether they have shown no token at all."""
        return not (self.leads or self.operator)

    def sees_people_of(self, community: str) -> bool:
        """Whether names and small numbers of a community are theirs to see."""
        return self.operator or community in self.leads


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens that open something."""

    operator: str | None = None
    leads: Mapping[str, str] = field(default_factory=dict)
    metrics: str | None = None

    def viewer(self, token: str) -> Viewer:
        """Who shows this token; the public if nobody has it.

        Every known token is compared, each in constant time.
        """
        if not token:
            return Viewer()
        leads = frozenset([name for name, known in self.leads.items() if _same(token, known)])
        return Viewer(leads, operator=_same(token, self.operator or "") and bool(self.operator))

    def of(self, request: Request) -> Viewer:
        """Who makes a request.

        Raises:
            Problem: 401, the bearer token opens nothing here.
        """
        header = request.headers.get("authorization")
        if header is None:
            return self.viewer(unquote(request.cookies.get(COOKIE, "")))
        scheme, _, token = header.partition(" ")
        viewer = self.viewer(token.strip()) if scheme.lower() == "bearer" else Viewer()
        if viewer.is_public:
            raise Problem(401, "This token opens nothing here.")
        return viewer


def refused(viewer: Viewer) -> Problem:
    """What is said to those who may not see the people of a community: 401 without a token, 403 with another's."""
    if viewer.is_public:
        return Problem(401, "People are shown to the community's lead and to operators alone.")
    return Problem(403, "This token is another community's.")


def require_scraper(request: Request, tokens: Tokens) -> None:
    """Lets only this machine, an operator or a scraper pass: a scrape holds the true small numbers.

    A request counts as this machine's when it comes from loopback, was sent to loopback's name
    (a page elsewhere can point its own name here), and passed no proxy.

    Raises:
        Problem: 401 without a token, 403 with one that is not an operator's.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if tokens.metrics and scheme.lower() == "bearer" and _same(token.strip(), tokens.metrics):
        return
    viewer = tokens.of(request)
    if viewer.operator or _is_local(request):
        return
    raise Problem(
        401 if viewer.is_public else 403, "/metrics is for loopback, for operators and for the metrics token."
    )


def _is_local(request: Request) -> bool:
    host = re.sub(r":\d+$", "", request.headers.get("host", ""))
    client = request.client.host if request.client else ""
    proxied = any(header in request.headers for header in FORWARDED)
    return _is_loopback(client) and host.lower() in LOCAL_NAMES and not proxied


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _same(one: str, other: str) -> bool:
    """Compares in a time that says nothing about where, or by how much, two tokens differ."""
    return compare_digest(sha256(one.encode()).digest(), sha256(other.encode()).digest())
