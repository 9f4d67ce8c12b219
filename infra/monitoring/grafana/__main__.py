"""`python -m infra.monitoring.grafana`: write the dashboards as the JSON that Grafana is given."""

import json
from pathlib import Path
from typing import Final

from infra.monitoring.grafana import growing, itself, leading, momentum
from infra.monitoring.grafana.board import Board

BOARDS: Final = (growing.GROWING_BOARD, leading.LEADING_BOARD, momentum.MOMENTUM_BOARD, itself.ITSELF_BOARD)
FOLDER: Final = Path(__file__).parent / "dashboards"


def text(board: Board) -> str:
    """A dashboard's file."""
    return json.dumps(board.as_json(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write every dashboard."""
    for board in BOARDS:
        (FOLDER / f"{board.uid}.json").write_text(text(board), "utf-8")


if __name__ == "__main__":
    main()
