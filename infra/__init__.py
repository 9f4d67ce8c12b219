"""Tenfold."""
