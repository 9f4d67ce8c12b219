"""The thresholds that a community chose: `policy`, its parts in `thresholds`, and what `patterns` fit."""
