"""Does the scaling stage go well: its milestones, its success, its risks?

Reading order: `coordinators`, `chances`, `synergy` (what they rest on beside other numbers), `milestones`, `success`,
`risks` (the rules), `assigned` (who answers for what), `families`, `series`, `conditions`, `drilldown`, `evaluation`.
"""
