"""How far what is told can be trusted: how far the data reaches, what is withheld, and what would change that. Pure."""

from collections.abc import Sequence

from projections.community.sources import BY_HAND
from reports.format.values import say_date
from reports.format.words import counted
from reports.freshness import NO_EVENT, Freshness, reach_of
from reports.reach import Source
from reports.text.wrap import wrap


def freshness_part(found: Freshness) -> list[str]:
    """A short paragraph."""
    withheld = "; ".join(one.what for one in found.withheld)
    supply = " and ".join(one.supply for one in found.withheld)
    said = f" Withheld: {withheld}. To supply: {supply}." if withheld else ""
    hidden = f" {found.unread}" if found.unread else ""
    return wrap(f"{reached(found.sources)}{hidden}{said}")


def reached(known: Sequence[Source]) -> str:
    """How far the data reaches and was read, in days."""
    heard = [one.last_event for one in known if one.last_event and one.name != BY_HAND]
    checked = [one.checked for one in known if one.checked]
    if not heard or not checked:
        return reach_of(known) or NO_EVENT
    data, read = say_date(max(heard)), say_date(max(checked))
    many = f"{counted(len(checked), 'source')} were" if len(checked) > 1 else "its source was"
    return f"Data reaches {data}; {many} read through {'that day' if read == data else read}."
