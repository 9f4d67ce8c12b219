"""Reads sources and puts events into the log: repositories, role files, what people say by hand."""
