"""What was told: every accepted event once, and how far the log has been read.

Reading order: `tables.sql` (what is kept), `migrations` (how it gets there), `names` (names as integers), `copy_rows`
(rows in PostgreSQL's binary format), `store` (a batch's statements), `rows` (how far facts can be read, and rows of
them), `fact` (what folds ask of an event), `standing` (what importers ask before they send).
"""
