"""How far do people come on the way from a first contribution to leading, and where do they stop?

Reading order: `steps` (the day on which somebody reaches a step), `counts` (how many do), `seated` (those who held a
seat), `conversion` (how many go on), `gaps` (where too few do), `families`, `series`, `conditions`, `drilldown`,
`evaluation`.
"""
