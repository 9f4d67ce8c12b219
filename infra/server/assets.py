"""What a browser fetches beside a page: made once per process, named by content, kept by browsers.

The chart script is the bundle that vl-convert ships (Vega, Vega-Lite, Vega-Embed), so that no
request leaves the machine and the drawing libraries are those that the server draws with.
"""

import gzip
import subprocess
import sys
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

MAKE_BUNDLE = """
import sys, vl_convert
sys.stdout.buffer.write(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").encode())"""
"""In a process of its own: it takes seconds, and lets no other thread of this one work meanwhile."""
STATIC = Path(__file__).parent / "static"
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to send."""

    name: str
    body: bytes
    packed: bytes
    media_type: str

    @classmethod
    def of(cls, name: str, body: bytes) -> "Asset":
        """A file named `stem.digest.ending`, so that another content is another address."""
        path = Path(name)
        digest = sha256(body).hexdigest()[:12]
        named = f"{path.stem}.{digest}{path.suffix}"
        return cls(named, body, gzip.compress(body, mtime=0), MEDIA_TYPES[path.suffix])


class Assets:
    """All files, made when first asked for: the bundle takes a second."""

    @cached_property
    def style(self) -> Asset:
        """The style sheet."""
        return _file("style.css")

    @cached_property
    def charts(self) -> Asset:
        """The script that draws charts again."""
        return _file("charts.js")

    @cached_property
    def vega(self) -> Asset:
        """The drawing libraries."""
        return Asset.of("vega.js", _bundle())

    @cached_property
    def icon(self) -> Asset:
        """The page's icon."""
        return _file("icon.svg")

    def warm(self) -> None:
        """Makes the bundle, so that no visitor waits for it."""
        _bundle()

    def find(self, name: str) -> Asset | None:
        """The file of a name."""
        return next((a for a in (self.style, self.charts, self.vega, self.icon) if a.name == name), None)


@cache
def _bundle() -> bytes:
    return subprocess.run((sys.executable, "-c", MAKE_BUNDLE), stdout=subprocess.PIPE, check=True).stdout


def _file(name: str) -> Asset:
    return Asset.of(name, (STATIC / name).read_bytes())
