"""Turns a Markdown file with YAML front matter into a draft."""

import re
from collections.abc import Iterator
from dataclasses import replace

import yaml
from yaml.reader import ReaderError

from retrieval.errors import ArticleError
from retrieval.reading.drafts import KEYS, Draft, draft, header
from retrieval.reading.fields import Field
from retrieval.reading.limits import ReadingLimits

_FENCE = "---"
_ENDS = frozenset({"---", "..."})
_HEADING = re.compile(r" {0,3}#[ \t]+")
_NULL = "tag:yaml.org,2002:null"
_DEEPEST = 20
_EXPECTED = "expected front matter: lines `title:` and `date:` between two lines `---`"


class _FlatLoader(yaml.SafeLoader):
    """Composes nodes, builds no value: aliases multiply nothing and text stays as typed."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self.depth += 1
        if self.depth > _DEEPEST:
            problem = f"nested more than {_DEEPEST} deep"
            mark = parent.start_mark if parent else None
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def parse(text: str, limits: ReadingLimits) -> Draft:
    r"""The article of a .md file. A heading that serves as the title is not repeated in the text.

    Args:
        text: the whole file, line ends as `\n`.
        limits: the longest front matter, id and URL.

    Raises:
        ArticleError: it has no front matter, or a bad one.
    """
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise ArticleError("empty file; remove it or write the article into it")
    if lines[first].rstrip() != _FENCE:
        raise ArticleError(f"no date; {_EXPECTED}", first + 1)
    end = next((at for at in range(first + 1, len(lines)) if lines[at].rstrip() in _ENDS), None)
    if end is None:
        raise ArticleError("the front matter has no second line `---`; add it", first + 1)
    block = "\n".join(lines[first + 1 : end])
    if len(block.encode()) > limits.front_matter_bytes:
        size = f"{limits.max_front_matter_kilobytes:g}"
        reason = f"its front matter is larger than {size} kB; shorten it"
        raise ArticleError(reason, first + 1)
    head = header(first + 1, _values(block, first + 2))
    if head.title is not None and head.title.value.strip():
        return draft(head, "\n".join(lines[end + 1 :]), limits)
    heading = next((at for at in range(end + 1, len(lines)) if lines[at].strip()), end)
    title = _title(lines[heading])
    if not title:
        return draft(head, "\n".join(lines[end + 1 :]), limits)
    titled = replace(head, title=Field(title, heading + 1))
    return draft(titled, "\n".join(lines[heading + 1 :]), limits)


def _title(line: str) -> str:
    """The words of a first-level heading, without the hashes that may close it; else nothing."""
    opening = _HEADING.match(line)
    words = line[opening.end() :].strip() if opening else ""
    unclosed = words.rstrip("#")
    return words if unclosed and not unclosed[-1].isspace() else unclosed.rstrip()


def _values(block: str, first_line: int) -> Iterator[tuple[str, Field]]:
    def line_at(index: int) -> int:
        return first_line + block.count("\n", 0, index)

    try:
        root = _composed(block)
    except yaml.MarkedYAMLError as error:
        line = line_at(error.problem_mark.index) if error.problem_mark else first_line
        problem = error.problem or error.context or "unreadable"
        raise ArticleError(f"its front matter is not sound YAML: {problem}", line) from error
    except ReaderError as error:
        reason = "its front matter holds a control character; remove it"
        raise ArticleError(reason, line_at(int(error.position))) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        reason = "its front matter is not sound YAML: a number or escape out of range"
        raise ArticleError(reason, first_line) from error
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise ArticleError(_EXPECTED, line_at(root.start_mark.index))
    for key, value in root.value:
        name = key.value.lower() if isinstance(key, yaml.ScalarNode) else None
        if name not in KEYS or value.tag == _NULL:
            continue
        line = line_at(key.start_mark.index)
        if not isinstance(value, yaml.ScalarNode):
            raise ArticleError(f"its {name} must be one value, not a list or a mapping", line)
        yield name, Field(value.value, line)


def _composed(block: str) -> yaml.Node | None:
    loader = _FlatLoader(block)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()
