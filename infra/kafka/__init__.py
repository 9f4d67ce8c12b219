"""Kafka: topics, how far the log was read, and whether it is the one that was read."""
