"""Killed at any step on the disk, a change of the corpus leaves the old or the new, whole, and can be gone on from."""

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]


CHANGES = ("add", "replace", "a1", "snow-1", "undo-add", "undo-replace", "undo-a1", "undo-snow-1")
USUAL = {"add", "undo-replace", "snow-1"}
"""The others are much alike, and left to continuous integration."""


@pytest.mark.parametrize(
    "what",
    [pytest.param(one, marks=() if one in USUAL else pytest.mark.slow) for one in CHANGES],
)
def test_at_every_step(what, tmp_path):
    command = [sys.executable, "-m", "shelf_crashes", what, str(tmp_path)]
    paths = {"PYTHONPATH": f"{TESTS}:{TESTS.parent}", "PATH": ""}
    done = subprocess.run(command, capture_output=True, text=True, env=paths, check=False)
    assert done.returncode == 0, done.stderr
    died, renewed = map(int, done.stdout.split()[-2:])
    assert died > 8
    assert 0 < renewed < died
