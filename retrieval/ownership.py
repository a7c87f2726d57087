"""Lets what root makes in somebody's folder belong to that somebody.

An operator's `ask` as root would else leave an index that the bot can neither read nor replace.
"""

import os
from collections.abc import Iterable
from pathlib import Path


def give(made: Iterable[Path], beside: Path) -> None:
    """Let what root made belong to whom a folder belongs to; whoever is not root keeps what is made.

    Args:
        made: files and folders; where others may write to one of these folders, it comes behind what lies in it.
        beside: the folder.

    Raises:
        OSError: the system doesn't allow it.
    """
    if os.geteuid() != 0:
        return
    owner = beside.stat()
    for path in made:
        found = path.lstat()
        # Some file systems have one owner for all; there is nothing to change then, and it would not be allowed.
        if (found.st_uid, found.st_gid) != (owner.st_uid, owner.st_gid):
            os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def make_folder(folder: Path) -> None:
    """Make a folder that may be there already, and those above it.

    Raises:
        OSError: it can't be made.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    if missing:
        give(missing, missing[-1].parent)
