"""Role files: who holds which seat, as a repository's own files said it through its history.

Reading order: `roster` (what files say at one moment, and what a format is), a format (`codeowners`
is the shortest, then `sigs`, `mots`, `owners`, `rust_team`, `maintainers`), `formats` (the table of
them), `replay` (from one moment to the next: events).
"""
