"""What we know: facts become ranges of days, and a sweep over the days gives every number.

Reading order: `timeline/` (days, ranges, every number on every day), `facts/` (what was kept of each event), `policy/`
(the thresholds), `people/` (who is who), `community/` (all that a question may rest on), `metrics/` (what questions
declare); then a question, of which `activity/` is the first; then `conditions/`, `evaluation/` (all questions, of all
communities, kept current), `disclosure/` (who may see what) and `explain/` (the way back to people and events).
"""
