"""The families about leadership: what each means, and who may see it.

Source: docs/definitions.md, "Leadership".
"""

from functools import partial

from projections.leadership.drilldown import drill_leadership, eligible
from projections.leadership.numbers import STRENGTHS
from projections.leadership.verdict import VERDICTS
from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.labels import BASIS, SEATS, Label
from projections.metrics.privacy import COUNT, PUBLIC, PUBLIC_DAY, Denominator, share
from projections.metrics.rests_on import both, roles, seats
from projections.metrics.unit import Unit

_led = partial(Family, rests_on=seats, drilldown=drill_leadership)
_spread = partial(_led, group=Group.LEADERSHIP, labels=(SEATS,), privacy=share(Denominator.SEATS))
_strength = partial(_led, group=Group.STRENGTH, unit=Unit.SHARE, labels=(SEATS,), privacy=share(Denominator.SEATS))
_renewal = partial(_led, group=Group.RENEWAL, unit=Unit.PEOPLE, privacy=PUBLIC, rests_on=roles)

SEATED: tuple[Family, ...] = (
    _led(
        "leadership_verdict",
        "Leadership verdict",
        "1 for the verdict that holds: spreading where effective leaders are up by 15 % in a year, concentrating where "
        "they are down by 15 % or a quarter of the scopes came to rest on one leader, else steady.",
        group=Group.LEADERSHIP,
        unit=Unit.STATE,
        labels=(Label("verdict", VERDICTS),),
        privacy=PUBLIC,
    ),
    _spread(
        "effective_leaders",
        "Effective leaders",
        "How many people leading equally would spread leadership as far: 1 divided by the sum of squared "
        "shares. Each scope gives one share, split equally among its leaders; none where they are those of the scope "
        "above or, where authority adds up, some of those.",
        unit=Unit.TENTHS,
    ),
    _spread(
        "effective_leaders_entropy",
        "Effective leaders by entropy",
        "The same by entropy, which weighs small shares more.",
        unit=Unit.TENTHS,
    ),
    _spread(
        "leaders",
        "Leaders",
        "People who hold a leadership seat.",
        unit=Unit.PEOPLE,
    ),
    _spread(
        "leadership_seats",
        "Leadership seats",
        "Leadership seats that are held: one for each scope, leadership role and person.",
    ),
    _spread(
        "scopes_per_leader_max",
        "Most scopes on one leader",
        "The most scopes that one person leads.",
    ),
    _spread(
        "leadership_top_share_ratio",
        "Largest share of one leader",
        "The largest share of leadership that one person holds.",
        unit=Unit.SHARE,
    ),
    _spread(
        "leadership_absence_factor",
        "Leadership absence factor",
        "The fewest people who hold half of leadership.",
        unit=Unit.PEOPLE,
    ),
    _spread(
        "leadership_elephant_factor",
        "Leadership elephant factor",
        "The fewest organisations that hold half of leadership.",
        privacy=share(Denominator.AFFILIATED_SEATS),
    ),
    _spread(
        "leadership_share_ratio",
        "Share of leadership",
        "Share of leadership held by volunteers, by paid people, by both, by those of whom that is unknown.",
        unit=Unit.SHARE,
        labels=(BASIS, SEATS),
        privacy=share(Denominator.AFFILIATED_SEATS),
    ),
    _spread(
        "leadership_gini_ratio",
        "Gini coefficient",
        "Gini coefficient of the shares: 0 where all leaders hold the same.",
        unit=Unit.INDEX,
    ),
    _spread(
        "leadership_hhi",
        "Herfindahl-Hirschman index",
        "Herfindahl-Hirschman index: 10000 times the sum of squared shares; 10000 is one leader.",
    ),
    _spread(
        "leadership_concentration_ratio",
        "Concentration",
        "0 where all leaders hold the same share, 1 where one holds all.",
        unit=Unit.INDEX,
    ),
    _strength(
        "scopes",
        "Scopes",
        "Covered: two people or more, an owner among them where the policy does not call the scope collective. Thin: "
        "less. Vacant: nobody. Inherited: led from above. A scope with parts that never had a seat of its own is none.",
        unit=Unit.COUNT,
        labels=(SEATS, Label("strength", STRENGTHS)),
    ),
    _strength(
        "leadership_strength_ratio",
        "Strength ratio",
        "Covered scopes as a share of all that are not led from above.",
    ),
    _strength(
        "leadership_strength_without_top_ratio",
        "Strength ratio without the top leader",
        "The same if the leader with the largest share went.",
    ),
    _led(
        "contributors_per_effective_leader",
        "Contributors per effective leader",
        "Active contributors of the headline window by effective leaders.",
        group=Group.BESIDE,
        unit=Unit.TENTHS,
        rests_on=both,
        privacy=share(Denominator.LEADERS_BESIDE_ACTIVE),
    ),
    _led(
        "leadership_spread_ratio",
        "Spread ratio",
        "Growth of effective leaders by growth of active contributors, since the goal began or else in a year; 1 is in "
        "step.",
        group=Group.BESIDE,
        unit=Unit.INDEX,
        rests_on=both,
        privacy=share(Denominator.LEADERS_BESIDE_ACTIVE_THEN),
    ),
    _led(
        "volunteer_representation_ratio",
        "Volunteer representation",
        "Volunteers' share of leadership by their share of active people; even is 0.8 to 1.25.",
        group=Group.BESIDE,
        unit=Unit.INDEX,
        rests_on=both,
        privacy=share(Denominator.REPRESENTATION),
    ),
    _renewal(
        "last_new_leader_timestamp_seconds",
        "Last new leader",
        "When somebody last took their first leadership seat.",
        unit=Unit.MOMENT,
        privacy=PUBLIC_DAY,
    ),
    _renewal(
        "new_leaders",
        "New leaders",
        "People whose first leadership seat was granted within the renewal period.",
    ),
    _renewal(
        "left_leaders",
        "Leaders who left",
        "People whose last leadership seat ended within the renewal period.",
    ),
    _renewal(
        "renewal_balance_leaders",
        "Renewal balance",
        "New leaders less those who left.",
        unit=Unit.DIFFERENCE,
    ),
    _renewal(
        "leader_tenure_median_seconds",
        "Median tenure",
        "Median time that today's leaders have led without a break.",
        unit=Unit.SPAN,
        privacy=PUBLIC_DAY,
    ),
    _renewal(
        "new_leaders_contributed_ratio",
        "New leaders who contributed before",
        "Share of new leaders who contributed before they were granted a seat.",
        unit=Unit.SHARE,
        rests_on=both,
        privacy=share(Denominator.NEW_LEADERS),
    ),
    _renewal(
        "new_leaders_mentored_ratio",
        "New leaders who were mentored before",
        "Share of new leaders who were mentored before they were granted a seat.",
        unit=Unit.SHARE,
        privacy=share(Denominator.NEW_LEADERS),
    ),
    _led(
        "core_contributors_by_role",
        "Core contributors by role",
        "People who hold at least one seat, of any role.",
        group=Group.KNOWN,
        unit=Unit.PEOPLE,
        rests_on=roles,
        privacy=PUBLIC,
    ),
    _led(
        "leaders_without_known_work",
        "Leaders without known work",
        "Leaders without any contribution so far: link their identities before calling them idle.",
        group=Group.KNOWN,
        unit=Unit.PEOPLE,
        rests_on=both,
        privacy=share(Denominator.LEADERS_WITHOUT_WORK),
    ),
    _led(
        "leadership_observed_ratio",
        "Observed seats",
        "Share of leadership seats in scopes where contributions can be seen at all, as the policy says.",
        group=Group.KNOWN,
        unit=Unit.SHARE,
        rests_on=roles,
        privacy=PUBLIC,
    ),
)
"""Those behind which there are leaders and scopes."""

ELIGIBLE = Family(
    "people_meeting_criteria",
    "People meeting criteria",
    "People who meet all that the policy asks of a role, by what they have done so far, and hold no seat of it. "
    "Fewer than 5 are not told, nor is anybody who opted out; nobody is ranked.",
    group=Group.CANDIDATES,
    unit=Unit.PEOPLE,
    labels=(Label("role", words="roles that have criteria in the policy"),),
    privacy=COUNT,
    rests_on=both,
    drilldown=eligible,
)

LEADERSHIP_FAMILIES: tuple[Family, ...] = (*SEATED, ELIGIBLE)
