"""Who is active, and how is the work spread?

Reading order: `measures` (how activity is counted), `counts`, `arrivals` and `first_contributions` (what is counted),
`families`, `series` and `agents` (their values), `conditions`, `drilldown` (who is behind a number), `evaluation` (the
question); then `cohorts`, `elephant`, `flows` and `lapsing`, which reports ask for.
"""
