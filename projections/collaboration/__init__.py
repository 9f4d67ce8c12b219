"""Who works across teams, and with whom does the community have a relationship?

Reading order: `mains` (somebody's main team), `changes` and `counts` (who works in several), `flows`, `relationships`,
`families`, `series`, `conditions`, `bridges`, `drilldown`, `evaluation`.
"""
