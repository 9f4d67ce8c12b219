"""Are we growing?

Reading order: `verdict` (weeks against a year ago), `goal` (target line and trend), `families`, `series`, `conditions`,
`evaluation`.
"""
