"""While an import or a rebuild runs, numbers are those of before, of a history that is not settled."""

from projections.conditions.families import unsettled
from projections.timeline.history import Sample


def test_an_import_that_runs_unsettles_history_and_nothing_else() -> None:
    samples = [
        Sample("tenfold_condition", {"condition": "history_unsettled"}, 0.0),
        Sample("tenfold_condition", {"condition": "shrinking"}, 0.0),
        Sample("tenfold_condition_since_timestamp_seconds", {"condition": "history_unsettled"}, 86400.0),
    ]
    assert [one.value for one in unsettled(samples)] == [1.0, 0.0, 86400.0]
