"""How facts flow: from the topics into PostgreSQL, each event with effect exactly once.

Reading order: `app.py` (the Faust app), `batch_transport.py` (whole fetches instead of single records), `positions.py`
(where reading starts, and whether this is the log that was read before), `assignment.py` (the partitions held now),
`writer.py` (one per partition: decodes the next batch while the database takes the last), `decode.py` (bytes become
facts or dead letters), `apply.py` (one batch, one transaction), `dead_letters.py`, `transient.py` (what is waited for),
`producer.py` (the way in), `metrics.py`.
"""
