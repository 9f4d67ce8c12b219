"""When identities first contributed, as changes come one after another."""

import numpy as np

from projections.community.firsts import FirstMoments

NOBODY = np.empty(0, np.int64)


def firsts(*moments: tuple[int, float]) -> FirstMoments:
    identity, moment = zip(*moments, strict=True)
    return FirstMoments.of(np.array(identity), np.array(moment))


def test_the_earliest_of_all_that_was_told_holds() -> None:
    begun = FirstMoments.none().changed(NOBODY, firsts((2, 9.0), (2, 5.0), (0, 7.0)))
    later = begun.changed(NOBODY, firsts((2, 6.0), (0, 1.0), (4, 3.0)))
    assert later.of_identities(np.arange(6)).tolist() == [1, np.inf, 5, np.inf, 3, np.inf]


def test_of_whom_all_is_told_anew_nothing_else_holds() -> None:
    begun = firsts((0, 1.0), (1, 2.0))
    assert begun.changed(np.array([0, 1]), firsts((0, 8.0))).of_identities(np.arange(2)).tolist() == [8, np.inf]
    assert begun.changed(np.array([5]), FirstMoments.none()).of_identities(np.arange(2)).tolist() == [1, 2]
