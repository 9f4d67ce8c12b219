"""Who is who: `measures` (links, bots, affiliations from events), `who` (the same as arrays, for the sweep)."""
