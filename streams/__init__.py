"""How facts flow: from the topics into PostgreSQL, each event with effect exactly once.

Reading order: `app.py` (the Faust app), `batch_transport.py` (whole fetches instead of single records),
`log_fetcher.py` (on in the log that was read so far), `fetched.py` and `record_batches.py` (what a fetch returned,
whatever the broker holds), `positions.py` (where reading starts, and whether this is the log that was read before),
`stopped.py` (where it is not), `assignment.py` (the partitions held now),
`writer.py` (one per partition: decodes the next batch while the database takes the last), `decode.py` (bytes become
facts or dead letters), `apply.py` (one batch, one transaction), `dead_letters.py`, `transient.py` (what is waited for),
`producer.py` (the way in), `metrics.py`.
"""
