"""The records that questions declare: how they are asked, their families, their conditions.

`family.py` has all that is to be said of a family but how it is worked out; `labels.py`, `unit.py`, `group.py` and
`privacy.py` what that is made of. All families together are in `projections/evaluation/catalog.py`.
"""
