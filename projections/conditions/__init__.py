"""What somebody should be told, with hysteresis.

In reading order: `latch`, `daily` (what conditions go by), the rules by subject (`growing`, `leading`, `vacancies`,
`mentored`, `spoken`), `rules` (all of them by name), `metrics` (families), `because` (why, in words), `next_steps`,
`shown` (reports).
"""
