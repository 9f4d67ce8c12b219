"""A browser signs in and out: what its cookie is, when it ends, and whose forms are taken."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from infra.server.app import build_app
from infra.server.auth import PLAIN_COOKIE, SECURE_COOKIE, Access, Tokens
from infra.server.sessions import ID_BYTES
from infra.server.state import State
from projections.evaluation.catalog import HELP
from tests.support.made_up_community import LEAD, OPERATOR, OTHER_LEAD, TODAY, Remembered, client_from, explained

NAMES = "/api/v1/communities/rust/explain?metric=active_contributors&label=window_days%3D90"
OWN = {"Sec-Fetch-Site": "same-origin"}
TOKENS = Tokens(OPERATOR, {"rust": LEAD, "other": OTHER_LEAD})


def app_of(state: State, sessions: Remembered, tokens: Tokens = TOKENS, *, behind_tls: bool = False) -> FastAPI:
    return build_app(state, Access(tokens, sessions, behind_tls), explained, HELP, lambda: TODAY)


@pytest.fixture
async def browser(state: State, sessions: Remembered) -> AsyncIterator[httpx.AsyncClient]:
    async with client_from(app_of(state, sessions), "203.0.113.9") as browser:
        yield browser


async def sign_in(browser: httpx.AsyncClient, token: str = LEAD) -> httpx.Response:
    return await browser.post("/sign-in", data={"token": token}, headers=OWN)


async def sees_names(browser: httpx.AsyncClient) -> bool:
    return (await browser.get(NAMES)).status_code == 200


async def test_a_browser_signs_in_and_out(browser: httpx.AsyncClient) -> None:
    assert "&lt;5" in (await browser.get("/communities/rust")).text
    assert (await sign_in(browser)).status_code == 303
    assert "&lt;5" not in (await browser.get("/communities/rust")).text
    assert await sees_names(browser)
    await browser.post("/sign-out", headers=OWN)
    assert "&lt;5" in (await browser.get("/communities/rust")).text
    assert not browser.cookies


async def test_a_wrong_token_begins_nothing(browser: httpx.AsyncClient, sessions: Remembered) -> None:
    refused = await sign_in(browser, "no-token-of-anybody")
    assert refused.status_code == 401
    assert "set-cookie" not in refused.headers
    assert not sessions.kept


async def test_a_cookie_holds_a_random_id_and_never_the_token(browser: httpx.AsyncClient, sessions: Remembered) -> None:
    cookies = [(await sign_in(browser)).headers["set-cookie"] for _ in range(2)]
    ids = [cookie.partition("=")[2].partition(";")[0] for cookie in cookies]
    assert LEAD not in "".join(cookies)
    assert ids[0] != ids[1]
    assert all(len(one) * 6 >= ID_BYTES * 8 for one in ids)
    for what in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"):
        assert what in cookies[0]
    assert not [one for one in ids if one.encode() in b"".join([*sessions.kept, *sessions.kept.values()])]


async def test_what_was_copied_before_sign_out_opens_nothing_after_it(browser: httpx.AsyncClient) -> None:
    await sign_in(browser)
    copied = dict(browser.cookies)
    await browser.post("/sign-out", headers=OWN)
    browser.cookies.update(copied)
    assert not await sees_names(browser)


async def test_signing_in_anew_ends_the_session_before(browser: httpx.AsyncClient, sessions: Remembered) -> None:
    await sign_in(browser)
    copied = dict(browser.cookies)
    await sign_in(browser)
    assert len(sessions.kept) == 1
    browser.cookies.clear()
    browser.cookies.update(copied)
    assert not await sees_names(browser)


@pytest.mark.parametrize("planted", ["chosen-by-somebody-else", LEAD, OPERATOR])
async def test_a_planted_cookie_is_nobodys_before_and_after_signing_in(
    browser: httpx.AsyncClient, planted: str
) -> None:
    browser.cookies.set(PLAIN_COOKIE, planted, domain="127.0.0.1")
    assert (await browser.get("/communities/rust")).status_code == 200
    assert not await sees_names(browser)
    await sign_in(browser)
    browser.cookies.clear()
    browser.cookies.set(PLAIN_COOKIE, planted)
    assert not await sees_names(browser)


@pytest.mark.parametrize("leads", [{"rust": "another-token-of-rust"}, {}])
async def test_a_token_that_is_changed_or_taken_away_ends_its_sessions(
    browser: httpx.AsyncClient, state: State, sessions: Remembered, leads: dict[str, str]
) -> None:
    await sign_in(browser)
    assert await sees_names(browser)
    async with client_from(app_of(state, sessions, replace(TOKENS, leads=leads)), "203.0.113.9") as after:
        after.cookies.update(browser.cookies)
        assert not await sees_names(after)


async def test_behind_tls_the_cookie_is_for_https_and_for_this_host_alone(state: State, sessions: Remembered) -> None:
    async with client_from(app_of(state, sessions, behind_tls=True), "203.0.113.9") as browser:
        cookie = (await sign_in(browser)).headers["set-cookie"]
        assert cookie.startswith(f"{SECURE_COOKIE}=")
        assert "Secure" in cookie
        assert "Domain" not in cookie
        session = cookie.partition("=")[2].partition(";")[0]
        for name, opens in ((PLAIN_COOKIE, False), (SECURE_COOKIE, True)):
            browser.cookies.clear()
            browser.cookies.set(name, session)
            assert await sees_names(browser) == opens, "a cookie of the plain name could have been planted"
        ended = (await browser.post("/sign-out", headers=OWN)).headers["set-cookie"]
        assert "Secure" in ended
        assert "Max-Age=0" in ended


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Origin": "http://127.0.0.1:8010"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8010"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "http://127.0.0.1:8011"}, False),
        ({"Origin": "https://elsewhere.example.org"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
async def test_forms_are_taken_from_our_own_pages_alone(
    browser: httpx.AsyncClient, sessions: Remembered, headers: dict[str, str], is_taken: bool
) -> None:
    await sign_in(browser)
    kept = dict(sessions.kept)
    came = await browser.post("/sign-in", data={"token": OTHER_LEAD}, headers=headers)
    assert came.status_code == (303 if is_taken else 403)
    assert (sessions.kept == kept) != is_taken
    went = await browser.post("/sign-out", headers=headers)
    assert went.status_code == (303 if is_taken else 403)
    assert bool(sessions.kept) != is_taken


async def test_a_long_form_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/sign-in", content=b"token=" + b"a" * 5000, headers=OWN)
    assert response.status_code == 413


async def test_no_page_of_somebody_signed_in_is_kept_by_the_browser(browser: httpx.AsyncClient) -> None:
    await sign_in(browser)
    for path in ("/", "/communities/rust", "/sign-in", NAMES):
        assert (await browser.get(path)).headers["cache-control"] == "no-store"
