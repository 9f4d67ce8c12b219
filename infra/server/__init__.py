"""The server: numbers for machines, for leads and for everybody.

Reading order: `loop.py` keeps the numbers current, `scrape.py` is what Prometheus reads,
`disclosure.py` and `auth.py` (with `sessions.py`) say who may see what, `api.py` and `pages.py` (of a
`view.py`) show it, `app.py` puts it together.
"""
