"""Draws the README's picture, `docs/answer.svg`, from a real answer about the articles in `seeds/`."""

import io
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from bot.config import load_config
from bot.render import render
from bot.terminal import SAY, show
from retrieval.archive import Archive

QUESTION = "When did Kim and Putin meet?"
COLUMNS = 80
PICTURE = Path("docs/answer.svg")
SEEDS = Path("seeds")

FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {terminal_width} {terminal_height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
    font-family: "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
    font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
  <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
<rect fill="#1b1f27" width="{terminal_width}" height="{terminal_height}" rx="10"/>
<g transform="translate(16, 16) scale(0.965)" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Rich's own frame fetches a font from elsewhere, and draws a window around it."""


def draw() -> str:
    """Ask, and draw what the terminal shows."""
    config = load_config(corpus=SEEDS, environment={})
    answer = Archive.load(config.archive).ask(QUESTION, limit=config.answers.excerpts)
    console = Console(
        record=True,
        width=COLUMNS,
        force_terminal=True,
        file=io.StringIO(),
        highlight=False,
        legacy_windows=False,
    )
    console.print(Text(f'$ python -m bot ask "{QUESTION}"\n', style="green"))
    show(console, render(answer, SAY))
    return console.export_svg(code_format=FRAME, theme=MONOKAI, unique_id="answer")


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
