"""How lines of the log are written, and kept from repeating themselves."""
