"""How far was each source read, when did it last say something, and is the history at rest?

Reading order: `families`, `series`, `reach` (up to which day something is known), `conditions`, `evaluation`.
"""
