"""What somebody should be told, with hysteresis.

Each question declares its conditions, and their rules, in its own `conditions.py`. In reading order: `catalog` (all of
them, by name), `evaluation` (on which days each holds), `families` (as numbers), `drilldown` (what is behind one).
"""
