"""Load: how many active mentees each mentor has.

Source: docs/definitions.md, "Mentoring", Load.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from projections.timeline.ranges import Ints, Ranges, Segments, stacked


def loads(mentorships: Iterable[tuple[str, str, tuple[int, int]]]) -> Segments:
    """The stretches over which each mentor has the same number of mentees, as the "layers"; none that has none.

    Args:
        mentorships: mentor, mentee, and the days from which and up to which it holds.
    """
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for mentor, mentee, span in mentorships:
        spans[mentor, mentee].append(span)
    rows = [(mentor, *span) for (mentor, _), theirs in sorted(spans.items()) for span in united(theirs)]
    number = {mentor: at for at, mentor in enumerate(sorted({mentor for mentor, *_ in rows}))}
    who, start, end = np.array([(number[mentor], *span) for mentor, *span in rows], np.int64).reshape(-1, 3).T
    return stacked(Ranges(who, start, end))


def united(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that overlap or touch are one; the same mentee counts once, in however many teams."""
    now: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if now is None or start > now[1]:
            if now is not None:
                yield now
            now = (start, end)
        else:
            now = (now[0], max(now[1], end))
    if now is not None:
        yield now


def highest(segments: Segments, first_day: int, days: int) -> Ints:
    """The most layers of any segment on each day; 0 where there is none."""
    found = np.zeros(days, np.int64)
    start, end = (np.clip(side - first_day, 0, days) for side in (segments.start, segments.end))
    for at in np.argsort(segments.layers, kind="stable"):
        found[start[at] : end[at]] = segments.layers[at]
    return found
