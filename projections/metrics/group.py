"""Which families stand together."""

from enum import StrEnum


class Group(StrEnum):
    """The tables that families stand in, by their titles and in reading order."""

    ACTIVITY = "Who is here"
    TEAMS = "Teams"
    ONION = "How work is spread"
    GROWTH = "Growth"
    GOAL = "Goal"
    LEADERSHIP = "How leadership is spread"
    STRENGTH = "How strong leadership is"
    BESIDE = "Leadership beside the community"
    RENEWAL = "How leadership renews itself"
    KNOWN = "What is known of leaders"
    CANDIDATES = "Who could take a role"
    PATHWAY = "Contribution pathway"
    RESPONSES = "How people are answered"
    MENTORING = "Mentoring"
    COLLABORATION = "Work across teams and with others"
    COMMUNICATION = "Communication"
    IMPACT = "Shares of work"
    DECLARED = "Work with AI agents, as declared"
    STAGE = "The scaling stage"
    CONDITIONS = "What to look at"
    EXCLUDED = "Left out of every number"
    SOURCES = "Sources"
