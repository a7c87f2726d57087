"""Killed at any moment of a reload, a change or a write of the state, either the old or the new stands, whole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


@pytest.mark.slow
@pytest.mark.parametrize(("scenario", "times"), [("reload", 80), ("state", 60), ("changes", 80)])
def test_at_random_moments(scenario, times, tmp_path):
    command = [sys.executable, "-m", "kills", scenario, str(times), "1", str(tmp_path)]
    paths = {"PYTHONPATH": f"{TESTS}:{TESTS.parent}", "PATH": ""}
    done = subprocess.run(command, capture_output=True, text=True, env=paths, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found.pop("killed") == times
    assert len(found) > 1, "killed always at the same place"
