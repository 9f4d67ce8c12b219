"""PostgreSQL: its schemas, connections for commands, and making anew what can be."""
