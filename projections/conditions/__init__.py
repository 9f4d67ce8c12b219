"""What somebody should be told: conditions that hold or do not, with hysteresis."""
