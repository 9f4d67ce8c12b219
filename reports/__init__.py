"""WHAT WE SAY: one report for a viewer and a day, of which page, text, JSON and API are views; pure.

Read `report.py` (the model), `inputs.py` and `builder.py` (how it is made), `viewer.py` (who sees what); then its parts
by their names. `text/` and `charts/` lay it out, `format/` says numbers, labels and lists.
"""
