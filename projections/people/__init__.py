"""Who is who.

Reading order: `machines` (who is a bot or an agent), `identities` (links, bots, affiliations, from events), `index`
(the same as arrays, for the sweep), `pseudonyms` (what the facts know beyond numbers), `matching` (who might be the
holder of a seat).
"""
