"""HOW IT RUNS: the outer ring. Only it reads settings, opens connections, starts loops, and talks to people.

Reading order: `cli` (the table of commands), `settings`, then a module of `commands` and what it composes;
`local` is the stack on one machine, `server` what everybody sees.
"""
