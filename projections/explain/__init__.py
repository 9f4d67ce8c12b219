"""What is behind a number: its rule, its lineage, its people and the events it rests on.

Reading order: `drilldown`, `lineage`, `evidence`, `people`, `corrections`, `dated`, `explain`.
"""
