"""Which account bore a login when, and what follows for seats."""

from datetime import UTC, datetime

from events.sources.roles.accounts import Accounts, Holders, Seat


def on(year: int) -> datetime:
    return datetime(year, 6, 1, tzinfo=UTC)


BORNE = Accounts(
    [
        (on(2026), "99+sam@users.noreply.github.com"),
        (on(2022), "11+Sam@users.noreply.github.com"),
        (on(2023), "11+salder@users.noreply.github.com"),
        (on(2023), "sam@users.noreply.github.com"),
        (on(2023), "sam@l.test"),
    ]
)
SAM, SALDER = "github-login:sam", "github-login:salder"


def test_a_login_is_the_last_account_before_or_else_the_first_after() -> None:
    assert {year: BORNE.of(SAM, on(year)) for year in (2020, 2022, 2025, 2026, 2030)} == {
        2020: "github:11", 2022: "github:11", 2025: "github:11", 2026: "github:99", 2030: "github:99"
    }  # fmt: skip
    assert BORNE.of("github-login:bo", on(2022)) == "github-login:bo"
    assert BORNE.of("email:sam@l.test", on(2022)) == "email:sam@l.test"


def seat(who: str) -> Seat:
    return "docs", "approver", who


def test_who_is_named_otherwise_goes_on() -> None:
    holders = Holders(BORNE)
    assert holders.change([], [seat(SAM)], on(2021)) == (set(), {seat("github:11")})
    assert holders.change([seat(SAM)], [seat(SALDER)], on(2023)) == (set(), set())
    assert holders.change([seat(SALDER)], [], on(2027)) == ({seat("github:11"), seat(SALDER)}, set())


def test_who_is_named_twice_goes_when_no_name_is_left() -> None:
    holders = Holders(BORNE)
    assert holders.change([], [seat(SAM), seat(SALDER)], on(2023)) == (set(), {seat("github:11")})
    assert holders.change([seat(SALDER)], [], on(2024)) == (set(), set())
    assert holders.change([seat(SAM)], [], on(2027)) == ({seat("github:11"), seat(SAM)}, set())


def test_a_login_that_stays_named_stays_whose_it_was() -> None:
    holders = Holders(BORNE)
    holders.change([], [seat(SAM)], on(2022))
    assert holders.change([], [seat("github-login:bo")], on(2027)) == (set(), {seat("github-login:bo")})
    assert holders.change([seat(SAM)], [], on(2028)) == ({seat("github:11"), seat(SAM)}, set())


def test_who_takes_a_login_and_is_named_is_somebody_else() -> None:
    holders = Holders(BORNE)
    holders.change([], [seat(SAM)], on(2022))
    holders.change([seat(SAM)], [], on(2023))
    assert holders.change([], [seat(SAM)], on(2027)) == (set(), {seat("github:99")})
