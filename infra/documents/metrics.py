"""`docs/metrics.md`: every metric by the words that the page, `explain` and `/metrics` use themselves."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, Metric

from infra.documents.markdown import row
from infra.server.scrape import Operations, families_of_operations
from projections.evaluation.catalog import FAMILIES
from projections.metrics.family import Family
from projections.metrics.group import Group
from projections.metrics.privacy import Denominator, Precision, PrivacyClass, Sum
from projections.metrics.unit import Unit
from streams.metrics import WorkerMetrics

HEAD = """# Metrics

<!-- Made from the code by `make docs`; a test holds it against the code. -->

Every number that Tenfold gives, in the order in which the page has them. The same names and values are in `/metrics`,
in `tenfold report --format json`, in the API's history and, as titles, on the page; what is behind one of them,
`tenfold explain NAME` says. The exact rules are in [definitions.md](definitions.md), what can be set in
[policy.md](policy.md).

Every series has the label `community`; further labels stand under the name. A number that is not defined on a day is
absent, never 0. Who leads a community, and operators, see every number as it is; the last column says what everybody
else sees. “Where enough are behind it” is over 10 people or more, or as the published roles allow, and never so that
subtraction would show a small number; “where enough work” is where no difference of two days tells when somebody
worked alone: [below](#where-numbers-are-told) is the rule of each, and in [privacy.md](privacy.md) why.
Moments are days to everybody, and sources go by the title that the policy gives them, or by a number.

"""
SIGHTS = {
    PrivacyClass.COUNT: "counts of 1 to 4 as “<5”",
    PrivacyClass.SHARE: "where enough are behind it",
    PrivacyClass.PUBLIC: "as it is",
    PrivacyClass.WITHHELD: "nothing",
}
WORK = {
    Denominator.WORK: "where enough work",
    Denominator.HEADLINE_WORK: "where enough work",
    Denominator.LAST_EVENT: "of all sources together, its day, where enough work",
}
UNITS = {
    Unit.COUNT: "count",
    Unit.PEOPLE: "people",
    Unit.STATE: "1 or 0",
    Unit.SHARE: "ratio, 1 is 100 %",
    Unit.CHANGE: "ratio, 1 is 100 %",
    Unit.TIMES: "ratio, 1 is 100 %",
    Unit.INDEX: "ratio, 1 is 100 %",
    Unit.MOMENT: "seconds since 1970-01-01 UTC",
    Unit.TENTHS: "people",
    Unit.DIFFERENCE: "people",
    Unit.SPAN: "seconds",
    Unit.DAYS: "days",
}
"""In what families count, in words."""
PRECISIONS = {
    Precision.EXACT: "",
    Precision.PER_CENT: ", in whole per cents",
    Precision.MINUTE: ", in whole minutes",
    Precision.DAY: ", in whole days",
}


def metrics() -> str:
    """The whole document."""
    return HEAD + "\n".join((*_groups(), *_labels(), *_told(), *_operations()))


def _groups() -> Iterator[str]:
    groups: dict[Group, list[Family]] = {}
    for family in FAMILIES.values():
        groups.setdefault(family.group, []).append(family)
    for group, families in groups.items():
        yield f"## {group}\n"
        yield row("Number", "What it means", "Unit", "Everybody sees")
        yield row("---", "---", "---", "---")
        yield from (_family(each) for each in families)
        yield ""


def _family(family: Family) -> str:
    labels = ", ".join(f"`{label}`" for label in family.label_names)
    name = f"{family.title}<br>`{family.metric}`" + (f"<br>by {labels}" if labels else "")
    return row(name, family.help, UNITS[family.unit], sight(family))


def sight(family: Family) -> str:
    """What everybody sees of a family."""
    privacy = family.privacy
    if privacy.over in WORK:
        return WORK[privacy.over]
    if privacy.of is PrivacyClass.PUBLIC and family.unit is Unit.MOMENT:
        return "its day"
    return SIGHTS[privacy.of] + PRECISIONS[privacy.precision]


def _labels() -> Iterator[str]:
    yield "## Labels\n"
    yield row("Label", "Values")
    yield row("---", "---")
    words: dict[str, dict[str, None]] = {}
    for family in FAMILIES.values():
        for label in family.labels:
            words.setdefault(label.name, {})[label.described] = None
    yield from (row(f"`{name}`", "; ".join(theirs)) for name, theirs in sorted(words.items()))
    yield ""


def _told() -> Iterator[str]:
    yield "## Where numbers are told\n"
    yield "To everybody, where enough people are behind them:\n"
    yield row("Numbers", "Told where")
    yield row("---", "---")
    for over in Denominator:
        yield row(_named(family for family in FAMILIES.values() if family.privacy.over is over), over.value)
    yield ""
    yield "Counts of people that are hidden, too, where others would give one from 1 to 4 away, since they add up to:\n"
    yield row("Counts", "Which add up to, or are part of")
    yield row("---", "---")
    for adds_up in Sum:
        yield row(_named(family for family in FAMILIES.values() if family.privacy.adds_up is adds_up), adds_up.value)
    yield ""


def _named(families: Iterable[Family]) -> str:
    return ", ".join(f"`{family.metric}`" for family in families)


def _operations() -> Iterator[str]:
    yield "## Operations\n"
    yield (
        "How the processes are, each of its own `/metrics`: the server's have the lag, so that a dead worker's lag is "
        "seen.\n"
    )
    for title, families in (("Server", families_of_operations(_everything_known(), {}, {})), ("Worker", _worker())):
        yield f"### {title}\n"
        yield row("Number", "What it means")
        yield row("---", "---")
        yield from (row(f"`{_exposed(one)}`", one.documentation) for one in families)
        yield ""


def _everything_known() -> Operations:
    return Operations(build={"version": ""}, evaluation_seconds=0, evaluated_at=0)


def _worker() -> list[Metric]:
    registry = CollectorRegistry()
    WorkerMetrics(registry, "")
    return list(registry.collect())


def _exposed(family: Metric) -> str:
    return family.name + ("_total" if family.type == "counter" else "")
