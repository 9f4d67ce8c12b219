"""Tenfold itself: what waits, what is applied and refused, and how old the numbers are."""

from typing import Final

from infra.monitoring.grafana.board import Board
from infra.monitoring.grafana.panels import EVENTS, NUMBER, PLAIN, SECONDS, Panel
from infra.monitoring.grafana.queries import Now
from infra.monitoring.grafana.usual import stat

OF: Final = 'job=~"$job", instance=~"$instance"'
APPLY: Final = f"sum by (le) (rate(tenfold_batch_apply_seconds_bucket{{{OF}}}[$__rate_interval]))"


def _rate(name: str, by: str = "") -> str:
    """Events a second, over all workers."""
    return f"sum{f' by ({by}) ' if by else ''}(rate({name}{{{OF}}}[$__rate_interval]))"


ITSELF_PANELS: Final = (
    stat(
        "Up",
        "Whether each process answered the newest scrape: 1 if it did.",
        PLAIN,
        Now(f"up{{{OF}}}", "{{job}} {{instance}}"),
    ),
    stat(
        "Age of the numbers",
        "Time since an evaluation last finished with nothing left to read, of the newest server.",
        SECONDS,
        Now(f"time() - max(tenfold_evaluation_last_success_timestamp_seconds{{{OF}}})", "Since the last evaluation"),
    ),
    stat(
        "Records that wait",
        "Records between the position in PostgreSQL and the end of the log, over all partitions, now.",
        NUMBER,
        Now(f"sum(max by (topic, partition) (tenfold_position_lag_records{{{OF}}}))", "Waiting"),
    ),
    stat(
        "Catching up",
        "Communities whose numbers stand still because events wait to be read.",
        PLAIN,
        Now('count(max by (community) (tenfold_catching_up{job=~"$job"}) == 1) or vector(0)', "Communities"),
    ),
    Panel(
        "Events",
        "Events a second over all workers: written as facts, told before, and refused.",
        EVENTS,
        [
            Now(_rate("tenfold_events_applied_total"), "Applied", "line"),
            Now(_rate("tenfold_events_duplicate_total"), "Duplicates", "line"),
            Now(f"{_rate('tenfold_events_rejected_total', 'reason')} > 0", "Rejected: {{reason}}", "line"),
            Now(_rate("tenfold_batch_trimmed_records_total"), "Trimmed", "line"),
        ],
    ),
    Panel(
        "Lag by topic",
        "Records between the position in PostgreSQL and the end of the log. "
        "The server says it, so a dead worker's lag is seen.",
        NUMBER,
        [
            Now(
                f"sum by (topic) (max by (topic, partition) (tenfold_position_lag_records{{{OF}}}))",
                "{{topic}}",
                "line",
            )
        ],
    ),
    Panel(
        "Time to apply a batch",
        "From a batch's first attempt at its transaction to its commit: half and 99 of 100 batches took less.",
        SECONDS,
        [
            Now(f"histogram_quantile(0.5, {APPLY})", "p50", "line"),
            Now(f"histogram_quantile(0.99, {APPLY})", "p99", "line"),
        ],
    ),
    Panel(
        "Time to evaluate",
        "How long the last evaluation of a server took, and how long ago a worker last committed a batch.",
        SECONDS,
        [
            Now(f"max(tenfold_evaluation_seconds{{{OF}}})", "Evaluation", "line"),
            Now(f"time() - max(tenfold_last_applied_timestamp_seconds{{{OF}}} > 0)", "Since the last batch", "line"),
        ],
    ),
    Panel(
        "Dead letters",
        "Records set aside that nobody settled, by reason.",
        NUMBER,
        [
            Now(f"sum(max by (reason) (tenfold_dead_letters{{{OF}}}))", "All", "line"),
            Now(f"max by (reason) (tenfold_dead_letters{{{OF}}}) > 0", "{{reason}}", "line"),
        ],
    ),
    Panel(
        "Series",
        "Samples that one scrape of each process brought: bounded by communities, teams, kinds and sources.",
        NUMBER,
        [Now(f"scrape_samples_scraped{{{OF}}}", "{{job}} {{instance}}", "line")],
    ),
    Panel(
        "Sources",
        "How long ago each source was read, by community.",
        SECONDS,
        [
            Now(
                'time() - max by (community, source) (tenfold_source_checked_timestamp_seconds{job=~"$job"})',
                "{{community}} {{source}}",
            )
        ],
        kind="stat",
    ),
    Panel(
        "What runs",
        "Version, policy and read models of each process: two policies at once mean that one was not read yet.",
        PLAIN,
        [Now(f"tenfold_build_info{{{OF}}}", "{{job}} {{version}}", "table")],
        kind="table",
        columns={
            "job": "Job",
            "instance": "Instance",
            "version": "Version",
            "policy": "Policy",
            "read_models": "Read models",
            "Value": "",
            "Time": "",
            "__name__": "",
        },
    ),
)

ITSELF_BOARD: Final = Board(
    "tenfold-itself",
    "Tenfold itself",
    "Whether the numbers are current: what waits, what is applied and refused, how long it takes.",
    "now-6h",
    ITSELF_PANELS,
    ("datasource", "job", "instance"),
)
