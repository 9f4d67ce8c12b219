"""Days and what is counted over them: the units, the sweep, every number on every day, hysteresis, intervals."""
