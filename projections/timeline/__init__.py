"""Days and what is counted over them.

Reading order: `days` (the unit), `ranges` (what holds from a day to another, and the sweep), `history` (every number on
every day), `hysteresis` (entered on some days, left on others), `intervals` (of two shares), `memo` (answers kept).
"""
