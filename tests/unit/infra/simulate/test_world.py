from datetime import date
from random import Random

from infra.simulate.scenario import SCENARIOS, Outlook
from infra.simulate.world import Person, World

WEEKS = 200


def world(departing: float) -> World:
    first_day = date(2020, 1, 6)
    return World(SCENARIOS[Outlook.GROWING], Random(1), "garden", "simulation", first_day, WEEKS, departing=departing)  # noqa: S311


def test_as_many_leave_as_the_chances_add_up_to() -> None:
    people = [Person(f"simulated:{number}", "docs", 0, 1) for number in range(50)]
    for departing in (0, 0.5, 0.99):
        watched, left, due = world(departing), 0, 0.0
        for watched.week in range(1, WEEKS):
            left += sum(watched.leaves(person) for person in people)
            due += sum(person.leaving(watched.week) for person in people)
            assert abs(left - due) <= 1


def test_somebody_leaves_as_often_as_their_own_chance_says() -> None:
    new, settled = Person("simulated:new", "docs", 9, 1), Person("simulated:settled", "docs", 0, 1, scopes=["docs/api"])
    phases = [number / 1000 for number in range(1000)]
    gone = {new.identity: 0, settled.identity: 0}
    for departing in phases:
        watched = world(departing)
        watched.week = 10
        for person in (settled, new):
            gone[person.identity] += watched.leaves(person)
    assert gone == {new.identity: 250, settled.identity: 6}
