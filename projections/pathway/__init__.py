"""How far do people come on the way from a first contribution to leading, and where do they stop?

Read `steps` (the day on which somebody reaches a step), `counts` (how many do), `conversion` (how many go on), `gaps`
(where too few do), `metrics` (what is published), `shown` (what a report says) and `opened` (who is behind a number).
"""
