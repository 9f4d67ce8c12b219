"""Communities that never were, for trying things out.

Reading order: `scenario.py` (what kinds of community there are), `world.py` (people and time), `community.py` (a week
of it all), `working.py`, `mentoring.py`, `leading.py` and `speaking.py` (what people do, learn, lead and say),
`load.py` (contributions without any people's story, as many as wanted).
"""
