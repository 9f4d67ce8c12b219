"""`docs/metrics.md`: every metric by the words that the page, `explain` and `/metrics` use themselves."""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Metric

from infra.documents.labels import LABELS, VALUES
from infra.documents.markdown import row
from infra.server.scrape import Operations, families_of_operations
from projections.disclosure.denominators import DENOMINATORS, of_one
from projections.disclosure.view import PEOPLE, PUBLIC
from projections.disclosure.work_denominators import WORK
from projections.evaluation.catalog import FAMILIES
from reports.format.titles import place, wording
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
subtraction would show a small number; the rule of each is in
[denominators.py](../projections/disclosure/denominators.py). “Where enough work” is where 5 people or more were active
in every week and every smallest window that the number reaches into, so that no difference of two days tells when
somebody worked alone ([work_denominators.py](../projections/disclosure/work_denominators.py)).
Moments are days to everybody, and sources go by the title that the policy gives them, or by a number.

"""
SIGHTS = {
    "people": "counts of 1 to 4 as “<5”",
    "work": "where enough work",
    "last": "of all sources together, its day, where enough work",
    "share": "where enough are behind it",
    "day": "its day",
    "open": "as it is",
    "lead": "nothing",
}
UNITS = (
    ("timestamp_seconds", "seconds since 1970-01-01 UTC"),
    ("seconds", "seconds"),
    ("seconds_median", "seconds"),
    ("days_median", "days"),
    ("ratio", "ratio, 1 is 100 %"),
    ("contributors", "people"),
    ("newcomers", "people"),
    ("people", "people"),
    ("leaders", "people"),
    ("records", "records"),
)
"""How a name ends → in what it counts, the first that fits."""
STATES = frozenset({"growth_verdict", "leadership_verdict", "milestone", "risk", "scaling_success", "condition"})


def metrics() -> str:
    """The whole document."""
    return HEAD + "\n".join((*_groups(), *_labels(), *_operations()))


def _groups() -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for family in sorted(FAMILIES, key=lambda one: place(f"tenfold_{one}")):
        groups.setdefault(wording(f"tenfold_{family}").group, []).append(family)
    for group, families in groups.items():
        yield f"## {group}\n"
        yield row("Number", "What it means", "Unit", "Everybody sees")
        yield row("---", "---", "---", "---")
        yield from (_family(each) for each in families)
        yield ""


def _family(family: str) -> str:
    labels = ", ".join(f"`{label}`" for label in LABELS.get(family, ()))
    name = f"{wording(f'tenfold_{family}').title}<br>`tenfold_{family}`" + (f"<br>by {labels}" if labels else "")
    return row(name, FAMILIES[family], unit(family), SIGHTS[sight(family)])


def unit(family: str) -> str:
    """In what a family counts."""
    if family in STATES:
        return "1 or 0"
    counted = "people" if f"tenfold_{family}" in PEOPLE else "count"
    return next((words for end, words in UNITS if family.endswith(end)), counted)


def sight(family: str) -> str:
    """What everybody sees of a family, as a key of `SIGHTS`."""
    tables: Mapping[str, object] = {"people": PEOPLE, "work": WORK, "open": PUBLIC, "share": DENOMINATORS}
    name = f"tenfold_{family}"
    if DENOMINATORS.get(name) is of_one:
        return "lead"
    if name.endswith("_timestamp_seconds"):
        return "day" if name in PUBLIC else "last"
    return next((key for key, table in tables.items() if name in table), "lead")  # type: ignore[operator]


def _labels() -> Iterator[str]:
    yield "## Labels\n"
    yield row("Label", "Values")
    yield row("---", "---")
    yield from (row(f"`{label}`", words) for label, words in VALUES.items())
    yield ""


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
