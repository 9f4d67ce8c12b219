"""Leadership as a person reads it."""
