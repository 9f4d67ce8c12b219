"""Is leadership distributed, strong, renewing, and spreading as the community grows.

Reading order: `seats` (who holds what when), `grid` (the same as grids), `measures`, `numbers` (of the seats in
question), `verdict`, `renewal`, `metrics` (the families), `state` and `leadership` (one community's).
"""
