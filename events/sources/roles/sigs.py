"""`sigs.yaml`: the special interest groups of Kubernetes, and whoever does it that way.

Source: https://github.com/kubernetes/community/tree/master/generator; docs/definitions.md, table of formats.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from events.sources.roles.document import Document, Syntax, mapping, sequence, text
from events.sources.roles.handles import account, address
from events.sources.roles.roster import OneFile, Roster, is_ignored, is_over, places

LEADERSHIP: Final = frozenset({"chairs", "tech_leads"})


def read_sigs(document: Document) -> Roster:
    """The chairs and technical leads of every group: special interest, working, user group, committee."""
    roster = Roster()
    for kind, groups in mapping(document).items():
        for group in groups if isinstance(groups, list) else []:
            _group(roster, mapping(group, f"a group of {kind}"))
    return roster


def _group(roster: Roster, group: Mapping[str, Document]) -> None:
    scope = text(group.get("dir"))
    if not scope or is_ignored(scope):
        return
    roster.scopes[scope] = None
    _unknown_holders(roster, scope, group)
    for role, holder in _group_holders(group):
        identity = account(text(holder.get("github")))
        roster.seat(scope, role, identity)
        if identity is None:
            roster.leave_out(scope, f"a {role} without an account")
        roster.person(
            identity,
            name=text(holder.get("name")),
            organisation=text(holder.get("company")),
            link=address(text(holder.get("email"))),
        )


def _unknown_holders(roster: Roster, scope: str, group: Mapping[str, Document]) -> None:
    """Lists beside those that are known, and people in them."""
    for key, holders in mapping(group.get("leadership"), "leadership").items():
        people = (
            [one for one in holders if isinstance(one, dict) and "github" in one] if isinstance(holders, list) else []
        )
        if people and key not in LEADERSHIP and not is_over(key):
            roster.leave_out(scope, f"leadership.{key} names {len(people)}, and nobody knows as what")


def _group_holders(group: Mapping[str, Document]) -> Iterator[tuple[str, Mapping[str, Document]]]:
    leadership = mapping(group.get("leadership"), "leadership")
    listed = (("chair", leadership, "chairs"), ("tech_lead", leadership, "tech_leads"), ("chair", group, "leads"))
    for role, of, key in listed:
        for holder in sequence(of.get(key), key):
            yield role, mapping(holder, f"one of {key}")


SIGS: Final = OneFile("sigs", Syntax.YAML, places("sigs.yaml"), read_sigs)
