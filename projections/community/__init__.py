"""One community as a whole, as questions find it.

Reading order: `contributions` (how many of one kind, team and source an identity made on a day), `names` (what their
numbers stand for), `contributed` (joined to people), `counts` (what questions count of it), `standing_facts`,
`sources`, `covered` (which days somebody read), `published` (what was told besides), `change` (what is new), `placing`
(of which team it is), `firsts` (whose first contribution was when), `results` and `snapshot` (what is there for whoever
asks), `context` (what a question may rest on).
"""
