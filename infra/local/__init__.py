"""Kafka and PostgreSQL on this machine, without containers.

Read `stack` (what is up, in which order), then `supervisor` (how it stays up), then `kafka` and
`postgres` (how each is set), then `unprivileged`, `data_folder` and `ports`.
"""
