"""How many cores a process may keep busy: those it may run on, and no more than its control group is given."""

import os
from math import ceil
from pathlib import Path, PurePosixPath

_NO_LIMIT = "max"


def cores(system: Path = Path("/")) -> int:
    """How many cores this process may use, at least 1; not every system tells.

    Args:
        system: where the folders `proc` and `sys` are.
    """
    return max(1, min([_allowed(), *_granted(system)]))


def _allowed() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _granted(system: Path) -> list[int]:
    """What the control group of this process and each around it is given, as far as it is limited (Linux, version 2).

    Containers and units of systemd are held to less than the machine has in this way.
    """
    try:
        lines = (system / "proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError):
        return []
    group = next((line.removeprefix("0::/") for line in lines if line.startswith("0::/")), None)
    if group is None:
        return []
    here = PurePosixPath(group)
    found = (_limit(system / "sys/fs/cgroup" / each / "cpu.max") for each in (here, *here.parents))
    return [limit for limit in found if limit is not None]


def _limit(file: Path) -> int | None:
    try:
        time, period = file.read_text(encoding="utf-8").split()
        return None if time == _NO_LIMIT else ceil(int(time) / int(period))
    except (OSError, ValueError, ZeroDivisionError):
        # The outermost group has no such file, and neither has one without that kind of limit.
        return None
