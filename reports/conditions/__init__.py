"""Conditions as a person reads them: those in force and why, those left lately, those taken back."""
