"""The server: numbers for machines, for leads and for everybody.

Reading order: `loop.py` keeps the numbers current, `rendered.py` and `showing.py` put them where they are found
(`state.py`), `scrape.py` is what Prometheus reads, `auth.py` (with `sessions.py`) says who asks, `api.py` and
`pages.py` show what they may see, `app.py` puts it together.
"""
