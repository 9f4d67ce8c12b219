"""How milestones, criteria of success, risks and their states are called."""

from collections.abc import Mapping

MILESTONES: Mapping[str, str] = {
    "core_mentored": "New core members are actively recruited and mentored",
    "leadership_chances": "Contributors get the chance to develop and demonstrate leadership",
    "synergy": "Synergistic relationship with other teams",
    "communication": "Regular communication about impact",
}
SUCCESS: Mapping[str, str] = {
    "growth": "Sustained growth to the goal",
    "distribution": "Leadership spread over enough people",
    "strength": "Leadership is strong",
    "momentum": "Momentum: leaders and mentored core members keep coming",
}
RISKS: Mapping[str, str] = {
    "coordinator_runway": "The coordinator runs out before others can take over",
    "ownership_openness": "Ownership and openness out of balance",
    "pathway_gaps": "Gaps in the contribution pathway",
}
STATE_WORDS: Mapping[str, str] = {
    "met": "met",
    "at_risk": "at risk",
    "not_met": "not met",
    "unknown": "unknown",
    "low": "low",
    "high": "high",
}
"""How each is called."""
