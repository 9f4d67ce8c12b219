"""Prometheus: what it scrapes, what it records, and when somebody is told."""
