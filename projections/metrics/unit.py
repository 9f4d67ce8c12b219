"""In what the values of a family are."""

from enum import StrEnum


class Unit(StrEnum):
    """In what values are; how they read says `reports/format/values.py`."""

    COUNT = "count"
    PEOPLE = "people"
    STATE = "state"
    """1 while something holds, 0 while it does not."""
    SHARE = "share"
    CHANGE = "change"
    """By how much something grew, as a share of what it was."""
    TIMES = "times"
    MOMENT = "moment"
    TENTHS = "tenths"
    """People of whom there can be parts."""
    INDEX = "index"
    DIFFERENCE = "difference"
    SPAN = "span"
    DAYS = "days"
