"""All questions asked of a community, and all communities' numbers kept current.

Reading order: `order` (each question after those that it needs), `catalog` (all families), `unread` (no number of what
nobody read), `community` (one community in memory), `fold` (without a database), `reader` (what changed in the facts),
`believed`, `read_models` (what is stored), `version` (by which code), `evaluator` (all communities), `counted_up_to`
and `open_days`.
"""
