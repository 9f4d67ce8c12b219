"""How far each source was read, when it last said something, and whether a history is at rest."""
