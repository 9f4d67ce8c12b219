"""One pure translator per foreign format: payloads in, events out, the same ones every time.

Reading order: `addresses.py` (who is meant), `git.py` (a history), `mailmap.py` (who is one person).
"""
