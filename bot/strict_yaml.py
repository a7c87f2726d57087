"""Reads YAML, and refuses a key that stands there twice, of which PyYAML would forget the first without a word."""

from collections.abc import Hashable
from contextlib import suppress
from typing import Any

import yaml


class _Once(yaml.constructor.SafeConstructor):
    """Builds mappings whose keys stand there once, as YAML itself demands."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's own signature
        """The values by key."""
        lines: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in lines:
                raise yaml.constructor.ConstructorError(
                    problem=f"{key.value!r} is there already, in line {lines[key.value]}",
                    problem_mark=key.start_mark,
                )
            lines[key.value] = key.start_mark.line + 1
        return super().construct_mapping(node, deep)


class _Exact(_Once, yaml.SafeLoader):
    """Says most exactly where a text is wrong."""


if hasattr(yaml, "CSafeLoader"):

    class _Fast(_Once, yaml.CSafeLoader):
        """Takes a tenth of the time."""


def parse(text: str) -> Any:  # noqa: ANN401 - whatever stands there
    """What a text in YAML says.

    Raises:
        yaml.YAMLError: it is not valid, or a key stands there twice.
        ValueError: a value looks like a date and is none.
    """
    if hasattr(yaml, "CSafeLoader"):
        with suppress(yaml.YAMLError):
            return yaml.load(text, _Fast)  # noqa: S506 - a SafeLoader
    return yaml.load(text, _Exact)  # noqa: S506 - a SafeLoader
