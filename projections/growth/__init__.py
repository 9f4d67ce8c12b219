"""Are we growing: `verdict` (weeks against a year ago), `goal` (target line and trend), `metrics` (families)."""
