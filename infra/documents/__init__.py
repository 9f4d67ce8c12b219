"""Documents that are made from the code: `python -m infra.documents` writes them into `docs/`.

Read `metrics.py` for what every number is and who may see it, `policy.py` for every setting, `architecture.py` for the
pictures of how it all hangs together.
"""
