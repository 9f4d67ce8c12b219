"""How fast it is, measured on the real thing: Kafka, PostgreSQL, worker and server as they run in production.

Reading order: `__main__.py` (what can be run), `throughput.py`, `large.py`, `latency.py`, `samples.py`, `scrapes.py`,
`evaluation.py` (the sections), `rounds.py` (one measured run), `markers.py` (events whose arrival is awaited),
`scraping.py` (a Prometheus), `stock.py` (the ordinary agent it is compared with), `ground.py` (where a run takes
place), `feed.py` (events in, facts awaited), `meter.py` and `processes.py` (what it costs), `old_facts.py` (a long
past, quickly), `scale.py` (how much of everything), `result.py` and `machine.py` (what is printed).
"""
