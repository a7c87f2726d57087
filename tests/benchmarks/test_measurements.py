"""`python -m benchmarks` tells which measurements there are."""

from pathlib import Path

import pytest

from benchmarks.__main__ import main

MAKEFILE = Path(__file__).parents[2] / "Makefile"


def test_what_make_bench_runs_is_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    told = dict(line.split(maxsplit=3)[2:] for line in capsys.readouterr().out.splitlines())
    run = {word for word in MAKEFILE.read_text().split() if word.startswith("benchmarks.")}
    assert run <= set(told)
    assert all(told.values())
