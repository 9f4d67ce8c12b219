"""What we know: facts become ranges of days, and a sweep over the days gives every number.

Reading order: `facts/` (what was kept of each event), `policy` (the thresholds), `people/` (who is who),
`activity/` (ranges and the sweep), `growth/` (weekly verdict, goal), `community/` (all of it together, the state
of one community), `history` (every number on every day), `evaluator` (keeps them current), `report`, `explain`.
"""
