"""Draws the median time of a question against the number of passages, both axes logarithmic, as an SVG picture."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from benchmarks.scale.engines import OURS
from benchmarks.scale.measuring import SizeFigures

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 130, 50, 60
"""Margins, with the axes' labels and the lines' names in them."""

LINE_HEIGHT = 16
"""So far apart are names at least."""

TITLE = f"Median time of a question, one core ({OURS}: the whole answer; others: search alone)"

COLOURS = ("#c2185b", "#1f6fb2", "#2e7d32", "#8d6e00", "#6a3fa0", "#00838f", "#5d4037")
"""The first is ours. Each is readable on white, and lines have their names beside them."""

DECADES = (1, 2, 5)
"""In each power of ten a grid line; the first of them stronger."""

_STYLE = """\
<style>
text { font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #333; }
.title { font-size: 15px; font-weight: 600; }
.grid { stroke: #e4e4e4; } .decade { stroke: #bbb; }
.line { fill: none; stroke-width: 2; } .ours { stroke-width: 3.5; }
</style>"""


@dataclass(frozen=True, slots=True)
class _Axis:
    """Numbers on a logarithmic scale, from `low` at pixel `start` to `high` at pixel `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, number: float) -> float:
        share = math.log(number / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> Iterator[tuple[float, bool]]:
        """Round numbers within, and whether each is a power of ten."""
        for power in range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1):
            for times in DECADES:
                number = times * 10.0**power
                if self.low * 0.999 <= number <= self.high * 1.001:
                    yield number, times == 1


def chart(sizes: Sequence[SizeFigures]) -> str:
    """The picture, as text of an .svg file.

    Args:
        sizes: at least one, the smallest first.
    """
    lines: dict[str, list[tuple[int, float]]] = {}
    for size in sizes:
        for figures in size.engines:
            lines.setdefault(figures.engine, []).append((size.passages, figures.at(0.5)))
    points = [point for line in lines.values() for point in line]
    across = _axis([passages for passages, _ in points], LEFT, WIDTH - RIGHT)
    up = _axis([time for _, time in points], HEIGHT - BOTTOM, TOP)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">',
            _STYLE,
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            f'<text class="title" x="{LEFT}" y="26">{TITLE}</text>',
            *_grid(across, up),
            *_lines(lines, across, up),
            "</svg>\n",
        ]
    )


def _axis(numbers: Sequence[float], start: float, end: float) -> _Axis:
    """With a little room at both ends."""
    return _Axis(min(numbers) / 1.3, max(numbers) * 1.3, start, end)


def _grid(across: _Axis, up: _Axis) -> Iterator[str]:
    for number, strong in across.ticks():
        x, kind = across.at(number), "decade" if strong else "grid"
        yield f'<line class="{kind}" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{_short(number)}</text>'
    for number, strong in up.ticks():
        y, kind = up.at(number), "decade" if strong else "grid"
        yield f'<line class="{kind}" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>'
        if strong:
            yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{number:g} ms</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle:.1f}" y="{HEIGHT - 16}" text-anchor="middle">passages</text>'


def _lines(lines: dict[str, list[tuple[int, float]]], across: _Axis, up: _Axis) -> Iterator[str]:
    largest = max(line[-1][0] for line in lines.values())
    names = _apart({name: up.at(line[-1][1]) for name, line in lines.items()})
    for place, (name, line) in enumerate(lines.items()):
        colour = COLOURS[place % len(COLOURS)]
        spots = [(across.at(passages), up.at(time)) for passages, time in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        kind = "line ours" if name == OURS else "line"
        yield f'<polyline class="{kind}" stroke="{colour}" points="{path}"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in spots)
        # Beside its last point, or beside the grid where that is a point of the largest size.
        x = spots[-1][0] + 12 if line[-1][0] < largest else WIDTH - RIGHT + 8
        weight = "600" if name == OURS else "400"
        yield (
            f'<text x="{x:.1f}" y="{names[name] + 4:.1f}" style="fill:{colour};font-weight:{weight}">'
            f"{escape(name)}</text>"
        )


def _apart(heights: dict[str, float]) -> dict[str, float]:
    """Heights of names, moved down where they would stand on each other."""
    moved: dict[str, float] = {}
    last = -math.inf
    for name, height in sorted(heights.items(), key=lambda item: item[1]):
        last = max(height, last + LINE_HEIGHT)
        moved[name] = last
    return moved


def _short(number: float) -> str:
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:g}{letter}"
    return f"{number:g}"
