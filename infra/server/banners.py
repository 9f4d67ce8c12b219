"""Notices on top of a community's page: what must be known before any number is read."""

from dataclasses import dataclass
from urllib.parse import quote

from projections.timeline.days import say_day
from reports.format.words import begun
from reports.reach import not_read
from reports.view import View


@dataclass(frozen=True, slots=True)
class Banner:
    """A notice on top of a page, perhaps with a way on."""

    text: str
    link: str = ""
    label: str = ""


def banners(view: View) -> list[Banner]:
    """What must be known before any number is read."""
    report, found = view.report, []
    if view.catching_up:
        found.append(Banner("Still reading: these are the numbers from before, until all is read."))
    if report.failed:
        found.append(Banner(f"{report.community} {report.failed}."))
    if view.away:
        found.append(Banner(f"These numbers stand still for now: {view.away}."))
    if report.as_of != view.today:
        found.append(_other_day(view))
    elif view.opens_on != view.today:
        found.append(_silent(view))
    return found


def _silent(view: View) -> Banner:
    """Today, where nobody read the sources lately: that nobody is here any more may be for that alone."""
    newest = say_day(view.opens_on)
    if view.report.freshness.unread:
        return Banner(view.report.freshness.unread, f"/communities/{quote(view.report.community)}", f"Show {newest}")
    text = f"No source was read after {newest}: what seems to have ended since may only not have been read yet."
    return Banner(text, f"/communities/{quote(view.report.community)}", f"Show {newest}")


def unread_after(view: View) -> str:
    """What nobody read after the day on which the page opens."""
    return begun(not_read(view.history, view.today)) or f"No source was read after {say_day(view.report.as_of)}"


def _other_day(view: View) -> Banner:
    here = f"/communities/{quote(view.report.community)}"
    if view.report.as_of == view.opens_on:
        text = f"{unread_after(view)}, so this is the state on that day."
        return Banner(text, f"{here}?as_of={view.today}", "Show today")
    if view.report.freshness.unread:
        return Banner(view.report.freshness.unread, here, f"Show {say_day(view.opens_on)}")
    return Banner(f"This is the state on {say_day(view.report.as_of)}, as known today.", here, "Show the newest")
