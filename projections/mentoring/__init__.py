"""Does mentoring reach newcomers, and do they stay?

Reading order: `mentorships` (who mentors whom, and when), `loads`, `counts` (who came, and who stayed), `measures` (who
came into core), `families`, `series`, `conditions`, `drilldown`, `evaluation`.
"""
