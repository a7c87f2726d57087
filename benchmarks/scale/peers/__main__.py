"""`python -m benchmarks.scale.peers ENGINE version | build PASSAGES FOLDER | ask FOLDER QUESTIONS SECONDS`."""

import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks.scale.peers.asking import Peer, ask, passages_of, tell


def main(engine: str, action: str, *arguments: str) -> None:
    """Do one of these, and tell what came of it."""
    peer: Peer = import_module(f"benchmarks.scale.peers.{engine}")
    match action, arguments:
        case "version", ():
            tell({"version": peer.version()})
        case "build", (passages, folder):
            began = time.perf_counter()
            peer.build(Path(passages), Path(folder))
            tell({"seconds": time.perf_counter() - began})
        case "ask", (folder, questions, seconds):
            asked = list(passages_of(Path(questions)))
            tell(ask(lambda: peer.opened(Path(folder)), asked, float(seconds)))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
