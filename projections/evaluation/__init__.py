"""One community's numbers on every day, and all communities' kept current."""
