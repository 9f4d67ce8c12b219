"""Who is asking: everybody, the lead of a community, or an operator.

A token comes as `Authorization: Bearer …` from programs; browsers bring a session that it began. A wrong bearer token
is an error, so that a program never mistakes public numbers for true ones; a wrong session is nobody's, so that a
browser with an old one still sees the page.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from ipaddress import ip_address

from starlette.requests import Request

from infra.server.problems import Problem
from infra.server.sessions import Session, Sessions

SECURE_COOKIE, PLAIN_COOKIE = "__Host-tenfold", "tenfold"
"""Browsers take a cookie with the prefix only by HTTPS, for this host alone: nobody beside it can plant one."""
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
        """Who shows this token; the public if nobody has it."""
        return self._whose(lambda known: _same(token, known))

    def viewer_of(self, session: Session, proof: bytes) -> Viewer:
        """Whose token began a session; the public if nobody has it any more."""
        return self._whose(lambda known: compare_digest(session.proof(known), proof))

    def bearer(self, header: str) -> Viewer:
        """Who sends this `Authorization`.

        Raises:
            Problem: 401, the bearer token opens nothing here.
        """
        scheme, _, token = header.partition(" ")
        viewer = self.viewer(token.strip()) if scheme.lower() == "bearer" else Viewer()
        if viewer.is_public:
            raise Problem(401, "This token opens nothing here.")
        return viewer

    def _whose(self, is_it: Callable[[str], bool]) -> Viewer:
        """Every known token is compared, each in constant time."""
        leads = frozenset([name for name, known in self.leads.items() if is_it(known)])
        return Viewer(leads, operator=self.operator is not None and is_it(self.operator))


@dataclass(frozen=True, slots=True)
class Access:
    """Who makes a request.

    Attributes:
        tokens: What opens something.
        sessions: What browsers began with them.
        behind_tls: Whether browsers come by HTTPS to a proxy, which ends it.
    """

    tokens: Tokens
    sessions: Sessions
    behind_tls: bool = False

    async def of(self, request: Request) -> Viewer:
        """Who makes a request.

        Raises:
            Problem: 401, the bearer token opens nothing here.
        """
        if (header := request.headers.get("authorization")) is not None:
            return self.tokens.bearer(header)
        session = self.session(request)
        proof = await self.sessions.proof_of(session) if session else None
        return self.tokens.viewer_of(session, proof) if session and proof else Viewer()

    def session(self, request: Request) -> Session | None:
        """The session that a browser shows, whether it is one or not."""
        shown = request.cookies.get(self.cookie(request), "")
        return Session(shown) if shown else None

    def cookie(self, request: Request) -> str:
        """The name of the cookie that counts."""
        return SECURE_COOKIE if self.is_secure(request) else PLAIN_COOKIE

    def is_secure(self, request: Request) -> bool:
        """Whether the browser came by HTTPS; headers of a proxy are not asked, since anybody can write them."""
        return self.behind_tls or request.url.scheme == "https"


def refused(viewer: Viewer) -> Problem:
    """What is said to those who may not see the people of a community: 401 without a token, 403 with another's."""
    if viewer.is_public:
        return Problem(401, "People are shown to the community's lead and to operators alone.")
    return Problem(403, "This token is another community's.")


async def require_scraper(request: Request, access: Access) -> None:
    """Lets only this machine, an operator or a scraper pass: a scrape holds the true small numbers.

    A request counts as this machine's when it comes from loopback, was sent to loopback's name
    (a page elsewhere can point its own name here), and passed no proxy.

    Raises:
        Problem: 401 without a token, 403 with one that is not an operator's.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    metrics = access.tokens.metrics
    if metrics and scheme.lower() == "bearer" and _same(token.strip(), metrics):
        return
    viewer = await access.of(request)
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
