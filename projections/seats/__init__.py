"""Who holds which seat when, which scopes there are, and who leads without a break.

Reading order: `seats` (from role events), `roster` (all of a community), `leading` (spans of leading), `evaluation`.
"""
