"""How long tests wait."""

from typing import Final

PATIENCE_SECONDS: Final = 240.0
"""For what surely comes: many times what it takes, since the machine may have other things to do, too."""
