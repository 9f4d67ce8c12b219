"""The records that questions declare: how they are asked, their families, their conditions.

Reading order: `evaluation` (what a question needs, counts and answers), `family` (all that is to be said of a family
but how it is worked out), with `labels`, `unit`, `group`, `privacy` and `rests_on`; `condition` (the same of a
condition), and `drilldown` (what is behind a number). All families together are in `projections/evaluation/catalog.py`.
"""
