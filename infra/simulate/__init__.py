"""Communities that never were, for trying things out.

Reading order: `scenario.py` (what kinds of community there are), `community.py` (how its people behave),
`load.py` (contributions without any people's story, as many as wanted).
"""
