"""The thresholds that a community chose.

Reading order: `policy`, its parts in `thresholds`, whom it takes for `machines`, what `patterns` fit, and the
`source_teams` that it gives.
"""
