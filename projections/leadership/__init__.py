"""Is leadership distributed, strong, renewing, and spreading as the community grows?

Reading order: `grid` (seats and scopes as grids), `state` (a roster laid out), `measures`, `numbers` (of the seats in
question), `verdict`, `renewal`, `criteria_progress` and `criteria` (who could take a role), `vacancies`, `families`,
`series`, `conditions`, `day` (as of one day), `drilldown`, `evaluation`.
"""
