"""Writes the documents that are made from the code."""

from pathlib import Path

from infra.documents.architecture import architecture
from infra.documents.metrics import metrics
from infra.documents.policy import policy

DOCS = Path(__file__).parents[2] / "docs"
MADE = {"architecture.md": architecture, "metrics.md": metrics, "policy.md": policy}
"""File → what makes its text."""

if __name__ == "__main__":
    for name, text in MADE.items():
        (DOCS / name).write_text(text(), "utf-8")
