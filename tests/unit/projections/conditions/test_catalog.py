"""What the records of conditions say fits together."""

import re
from pathlib import Path

import projections
from projections.conditions.catalog import CONDITIONS, DECLARED
from projections.stage.milestones import MILESTONES

FOLDER = Path(projections.__file__).parent
DEFINITIONS = FOLDER.parent / "docs" / "definitions.md"


def test_every_condition_is_declared_once_and_told_in_the_order_of_the_definitions() -> None:
    assert len(CONDITIONS) == len(DECLARED)
    table = DEFINITIONS.read_text("utf-8").partition("## Conditions")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", table, re.MULTILINE)
    defined = [name for row in rows for name in re.findall(r"\w+", row)]
    assert defined == list(CONDITIONS)


def test_every_question_that_declares_conditions_is_gathered() -> None:
    declaring = {path.parent.name for path in FOLDER.glob("*/conditions.py")}
    gathered = {one.rule.__module__.split(".")[1] for one in DECLARED}
    assert gathered == declaring


def test_owners_are_milestones() -> None:
    assert {one.owner for one in DECLARED} - {None} <= set(MILESTONES)


def test_titles_and_next_steps_are_said_of_one_condition_alone() -> None:
    for words in ([one.title for one in DECLARED], [one.next_step for one in DECLARED]):
        assert len(set(words)) == len(DECLARED)
    assert all(one.next_step.endswith(".") for one in DECLARED)
