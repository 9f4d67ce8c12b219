"""Who came and who went, in words: each flow by team, basis and class of volume, and to whom to say hello. Pure.

The page and the text report both show it, so they say the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from infra.server.disclosure import FEW, Disclosure
from infra.server.over import FEWEST_PEOPLE
from infra.values import say
from projections.flows import NO_TEAM_NAMED, SEVERAL, Split
from projections.hello import SOON_DAYS, Hello
from projections.history import series

TITLES = {"new": "New", "returned": "Returned", "lapsed": "Lapsed"}
TEAMS = {SEVERAL: "several teams", NO_TEAM_NAMED: "no team"}
SAYS_NOTHING = {"other"}
"""Of teams, where the policy lists none."""
CLASSES = {"core": "core", "regular": "regular", "casual": "casual"}


@dataclass(frozen=True, slots=True)
class Comings:
    """What there is to say of a day.

    Attributes:
        flows: New, returned and lapsed of the headline window, split.
        hello: To whom a word is due.
        names: What those of them are called who said so, by person.
    """

    flows: Mapping[str, Split]
    hello: Hello
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Greeting:
    """Some people to say hello to.

    Attributes:
        words: who they are and how many.
        people: by name where they gave one, alphabetically; nobody for those who may not see people.
    """

    words: str
    people: Sequence[str] = ()


def reasons(flows: Mapping[str, Split], seen: Disclosure, day: date, window_days: int) -> list[str]:
    """A sentence for each flow that anybody is in; splits of which the viewer may see nothing are left out.

    Args:
        flows: Each flow of the window that ends on the day.
        seen: What the viewer may see: of a flow that is hidden no part is shown.
        day: That day.
        window_days: That window.
    """
    sentences = []
    for flow, title in TITLES.items():
        whole = seen.value(series(f"{flow}_contributors", window_days=window_days), day)
        ways = {"team": flows[flow].by_team, "basis": flows[flow].by_basis, "amount of work": flows[flow].by_class}
        told = {way: disclosed(parts) if seen.hides else not_empty(parts) for way, parts in ways.items()}
        words = [f"by {way}: {_listed(parts)}" for way, parts in told.items() if parts and parts.keys() != SAYS_NOTHING]
        if words and isinstance(whole, float):
            sentences.append(f"{title}, {'; '.join(words)}.")
    return sentences


def not_empty(parts: Mapping[str, int]) -> dict[str, int | str]:
    """The parts that anybody is in."""
    return {name: count for name, count in parts.items() if count}


def disclosed(parts: Mapping[str, int]) -> dict[str, int | str]:
    """Parts of a public number as everybody may see them; nothing where that would show too much.

    Where one is too small, so many of the next larger ones are hidden with it that what subtraction shows of them
    all is two parts and five people or more.
    """
    some = sorted((count, name) for name, count in parts.items() if count)
    few = [name for count, name in some if count < FEWEST_PEOPLE]
    hidden, people = 0, 0
    while few and hidden < len(some) and (hidden < max(len(few), 2) or people < FEWEST_PEOPLE):
        people += some[hidden][0]
        hidden += 1
    if few and hidden == len(some):
        return {}
    said = {name: FEW if name in few else "not shown" for _, name in some[:hidden]}
    return {name: said.get(name, count) for name, count in parts.items() if count}


def greetings(hello: Hello, names: Mapping[str, str], seen: Disclosure) -> list[Greeting]:
    """Whom to say hello to.

    Those who may not see people hear how many soon will lapse, by the rules for counts; how many did, the ledger says
    to them, or does not, since subtraction would show another number.
    """
    told = (
        ("Active when the window began and no longer ({})", hello.lapsed),
        (f"No longer active in {SOON_DAYS} days if nothing more comes from them ({{}})", hello.lapsing),
    )
    return [
        Greeting(words.format(_people(len(persons), seen.hides)), [] if seen.hides else _called(persons, names))
        for words, persons in told
        if persons and not (seen.hides and persons is hello.lapsed)
    ]


def _people(count: int, hides: bool) -> str:
    if hides and count < FEWEST_PEOPLE:
        return f"{FEW} people"
    return "1 person" if count == 1 else f"{say(float(count))} people"


def _called(persons: Sequence[str], names: Mapping[str, str]) -> list[str]:
    return sorted((names.get(one, one) for one in persons), key=str.casefold)


def _listed(parts: Mapping[str, int | str]) -> str:
    words = TEAMS | CLASSES
    return ", ".join(f"{words.get(name, name)} {count}" for name, count in parts.items())
