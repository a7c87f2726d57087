"""A corpus to be changed."""

from pathlib import Path

import pytest
from shelves import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)
