"""Does mentoring reach newcomers, and do they stay?

Read `ranges.py` (who mentors whom, and when), `loads.py`, `counts.py` (who came, and who stayed), `measures.py` (who
came into core), `metrics.py`; then `outcome.py` for the report, and `opened.py` for who is behind each number.
"""
