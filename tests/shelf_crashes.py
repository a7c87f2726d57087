"""Changes a corpus in processes that die, each at another step on the disk: `python -m shelf_crashes WHAT FOLDER`.

Prints at how many steps it died, and after how many of these the new stood. Fails if ever something else stood than
the old or the new, if something was left over, or if what stood could not be changed any more.
"""

import os
import sys
from pathlib import Path

from shelves import Office, article, line

STEPS = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"}
LINES = (line(1) + line(2)).encode()


def die_at(step: int, root: Path) -> None:
    """End this process as a kill would, just before its n-th step below a folder."""
    done = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if event in STEPS and str(root) in str(arguments[0]):
            done += 1
            if done == step:
                os._exit(9)

    sys.addaudithook(count)


def prepared(root: Path) -> Office:
    office = Office(root)
    office.put("a1.txt", article(1))
    office.put("snow.jsonl", LINES)
    office.given(article(9))
    return office


def change(office: Office, what: str) -> None:
    shelf = office.shelf
    match what.removeprefix("undo-"):
        case "add":
            shelf.add("a9.txt", office.root / "given")
        case "replace":
            shelf.add("a1.txt", office.root / "given", replace=True)
        case identity:
            shelf.remove(office.find(identity))


def act(office: Office, what: str) -> None:
    if what.startswith("undo-"):
        office.shelf.undo()
    else:
        change(office, what)


def outcomes(what: str, root: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What stands before and after."""
    root.mkdir()
    office = prepared(root)
    if what.startswith("undo-"):
        change(office, what)
    old = office.files()
    act(office, what)
    return old, office.files()


def main() -> None:
    what, folder = sys.argv[1], Path(sys.argv[2])
    old, new = outcomes(what, folder / "whole")
    assert old != new
    died = renewed = 0
    while True:
        root = folder / str(died + 1)
        root.mkdir()
        office = prepared(root)
        if what.startswith("undo-"):
            change(office, what)
        child = os.fork()
        if not child:
            die_at(died + 1, root)
            act(office, what)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in {0, 9}, code
        office.shelf.recover()
        found = office.files()
        assert found in (old, new), (died, sorted(found))
        assert office.shelf.recover() == []
        while office.shelf.undo():
            pass
        assert office.files() == {"a1.txt": article(1), "snow.jsonl": LINES}
        kept = [file for file in (root / "removed").rglob("*") if file.is_file()]
        assert [file.name for file in kept] == ["lock"] * len(kept)
        if code == 0:
            break
        died += 1
        renewed += found == new
    sys.stdout.write(f"{died} {renewed}\n")


if __name__ == "__main__":
    main()
