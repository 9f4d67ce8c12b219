"""What was told: every accepted event once, and how far the log has been read.

Reading order: `tables.sql` (what is kept), `migrations.py` (how it gets there),
`names.py` (names as integers), `copy_rows.py` (rows in PostgreSQL's binary format), `store.py` (a batch's statements).
"""
