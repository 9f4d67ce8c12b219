"""What somebody should be told, with hysteresis.

Each question declares its conditions, and their rules, in its own `conditions.py`. Reading order: `catalog` (all of
them, by name), `series` (on which days each holds, and of what), `families`, `drilldown`, `evaluation`.
"""
