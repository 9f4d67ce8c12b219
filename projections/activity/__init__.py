"""Who is active, and how the work is spread.

Reading order: `ranges` (the sweep), `measures` (what is counted), `metrics` (the families).
"""
