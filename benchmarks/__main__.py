"""Tells which measurements there are: `python -m benchmarks`."""

import ast
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
RUNS = 'if __name__ == "__main__":'


def measurements() -> Iterator[tuple[str, str]]:
    """The modules that are run as commands, and the first line of what each says about itself."""
    for path in sorted((*HERE.glob("[a-z]*.py"), *HERE.glob("*/__main__.py"))):
        source = path.read_text(encoding="utf-8")
        if RUNS in source:
            name = path.parent.name if path.stem == "__main__" else path.stem
            told = ast.get_docstring(ast.parse(source)) or ""
            yield f"{HERE.name}.{name}", told.partition("\n")[0].partition(": `")[0].rstrip(".")


def main() -> None:
    """Print them."""
    found = sorted(measurements())
    width = max(len(name) for name, _ in found)
    for name, told in found:
        print(f"python -m {name:{width}}  {told}")


if __name__ == "__main__":
    main()
