"""Who holds which seat when, which scopes there are, and who leads without a break."""
