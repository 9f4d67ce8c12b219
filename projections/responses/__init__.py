"""Are people answered, and is what they offer accepted?

Reading order: `rows`, `threads`, `answered`, `measures`, `metrics`; `state` keeps it, `opened` explains it.
"""
