"""Are people answered, and is what they offer accepted?

Reading order: `threads` (what answers what), `outcomes` (who was answered, how soon, by what decision), `measures`,
`families`, `series`, `conditions`, `drilldown`, `evaluation`.
"""
