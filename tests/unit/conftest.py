import pytest

from projections.timeline.history import History
from tests.support.made_up_community import made_up_history


@pytest.fixture(scope="session")
def history() -> History:
    return made_up_history()
