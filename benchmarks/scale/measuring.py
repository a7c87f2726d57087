"""Measures archives of one size: building, opening, asking, reloading; and other engines over the same passages."""

import hashlib
import inspect
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import nan
from pathlib import Path
from statistics import mean
from types import ModuleType
from typing import NamedTuple

from benchmarks.scale import layouts, material, news, ours, words
from benchmarks.scale.engines import LUCENE_B, LUCENE_K1, OURS, Command, Engine
from benchmarks.scale.exact import ExactBM25
from benchmarks.scale.layouts import layout_for
from benchmarks.scale.news import News
from benchmarks.scale.peers.asking import WARM_UP, passages_of
from benchmarks.scale.process import MEGABYTE, MeasuringError, Ran, run
from benchmarks.scale.questions import questions
from retrieval.building import Wanted

EXACT_AT_MOST = 1_500_000
"""Passages beyond which the exact order is not computed: it takes a minute and a gigabyte for a million."""

FEW = 10
SHARE = 0.01
"""Articles that are changed before a reload: a few, and a share of all."""

CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
FOR_ASKING = CORES[-1]

Say = Callable[[str], None]
"""Told what is being done."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one engine did over one corpus. Memory and disk in MB; NaN is not measured.

    Args:
        engine: its name.
        build: seconds.
        busy: seconds that cores were busy for the building process.
        peak: memory while building, at most.
        disk: of the index.
        opening: seconds until the first question was answered.
        times: milliseconds of each question, the shortest first.
        resident, anonymous: memory of the process after the last question; see `process.Memory`.
        first: share of the questions whose article came first.
        same: share of the exact top ten that was found.
    """

    engine: str
    build: float
    busy: float
    peak: float
    disk: float
    opening: float
    times: Sequence[float]
    resident: float
    anonymous: float
    first: float
    same: float = nan

    def at(self, share: float) -> float:
        """The time that this share of the questions took at most."""
        return self.times[min(len(self.times) - 1, int(share * len(self.times)))]


@dataclass(frozen=True, slots=True)
class SizeFigures:
    """What was measured over one corpus.

    Args:
        passages, articles: how many there are.
        layout: how they are kept.
        rate: articles a second that building took in.
        start: seconds from the settings to the first answer, where nothing has changed.
        reloads: seconds from a change to the new snapshot, by what was changed.
        engines: ours first.
    """

    passages: int
    articles: int
    layout: str
    rate: float
    start: float
    reloads: dict[str, float]
    engines: Sequence[Figures]


class _Found(NamedTuple):
    """What share of the right articles came first, and of the exact top ten was found."""

    first: float
    same: float


class Size:
    """The measurements of one size.

    Args:
        passages: about how many.
        asked: questions that are asked, besides those that warm up.
        seconds: that each engine may take for them.
        folder: an empty one, to work in.
        say: told what is being done.
    """

    def __init__(self, passages: int, asked: int, seconds: float, folder: Path, say: Say) -> None:
        self._news = News(passages)
        self._asked = asked
        self._seconds = seconds
        self._folder = folder
        self._say = say
        self._layout = layout_for(self._news)
        self._corpus = folder / material.CORPUS
        self._untouched = folder / material.UNTOUCHED
        self._index = folder / material.INDEX
        self._questions = folder / material.QUESTIONS

    def measure(self, engines: Sequence[tuple[Engine, Command]]) -> SizeFigures:
        """Measure the archive, then each of the other engines that can take so many passages.

        Args:
            engines: with the command that runs each; one that fails is left out.

        Raises:
            MeasuringError: the archive failed, or an article was lost.
        """
        self._make_up()
        asked = questions(self._news, WARM_UP + self._asked)
        material.write_questions(self._questions, asked)
        self._say("building")
        built = self._build()
        held = self._opened()
        disk = _disk(self._index)
        start = self._ours("start", self._corpus, self._index, self._questions).told["start"]
        self._say("asking")
        answers = self._ours("ask", self._index, self._questions, self._seconds)
        passages = int(_number(held.told["passages"]))
        same = nan
        if engines or passages <= EXACT_AT_MOST:
            self._say("writing the passages for the others")
            self._ours("write", self._index, self._questions, self._folder)
        if passages <= EXACT_AT_MOST:
            self._say("comparing with the exact order")
            told = self._ours("same", self._index, self._questions, self._folder).told
            same = _number(told["same"])
        firsts = [each[0] if each else "" for each in _lists(answers.told["found"])]
        mine = _figures(
            OURS, built.seconds, built, disk, answers, _Found(self._first(firsts), same)
        )
        reloads = self._reloads()
        others = list(self._peers(engines, passages))
        return SizeFigures(
            passages=passages,
            articles=self._news.articles,
            layout=self._layout.name,
            rate=self._news.articles / built.seconds,
            start=_number(start),
            reloads=reloads,
            engines=[mine, *others],
        )

    def _make_up(self) -> None:
        """Write the corpus, unless an earlier run has, and left it as it was; all else of it goes."""
        made_by = _digest(news, words, layouts)
        kept = self._untouched.exists() and self._untouched.read_text(encoding="utf-8") == made_by
        if not kept:
            shutil.rmtree(self._folder, ignore_errors=True)
        for path in self._folder.iterdir() if self._folder.exists() else ():
            if path not in (self._corpus, self._untouched):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        if kept:
            return
        self._say(f"making up {self._news.articles:,} articles")
        self._layout.write(self._corpus, self._news)
        self._untouched.write_text(made_by, encoding="utf-8")

    def _peers(
        self, engines: Sequence[tuple[Engine, Command]], passages: int
    ) -> Iterator[Figures]:
        for engine, command in engines:
            if engine.most is not None and passages > engine.most:
                self._say(f"{engine.name}: left out, it would take too long")
                continue
            try:
                yield self._peer(engine, command, passages)
            except MeasuringError as error:
                self._say(f"{engine.name}: left out, {error}")

    def _build(self) -> Ran:
        wanted = Wanted(settings=ours.settings(self._corpus, self._index), most_lost=1.0)
        command = [sys.executable, "-m", "retrieval.building"]
        ran = run(command, wanted.model_dump_json())
        if "built" not in ran.told:
            raise MeasuringError(str(ran.told))
        return ran

    def _opened(self) -> Ran:
        opened = self._ours("open", self._index)
        if opened.told["held"] != self._news.articles or opened.told["refused"]:
            raise MeasuringError(
                f"of {self._news.articles:,} articles not all came: {opened.told}"
            )
        return opened

    def _reloads(self) -> dict[str, float]:
        self._untouched.unlink()
        source = random.Random(1)  # noqa: S311 - a draw, not a secret
        every = range(self._news.articles)
        share = max(1, round(SHARE * self._news.articles))
        seconds = {}
        for edition, (name, count) in enumerate(
            (("nothing", 0), (f"{FEW} articles", FEW), (f"{SHARE:.0%}", share))
        ):
            self._say(f"reloading, {name} changed")
            numbers = source.sample(every, min(count, len(every)))
            self._layout.change(self._corpus, self._news, numbers, edition)
            seconds[name] = self._build().seconds + _number(self._opened().told["open"])
        return seconds

    def _peer(self, engine: Engine, command: Command, passages: int) -> Figures:
        folder = self._folder / engine.name.replace(" ", "-")
        files = [self._folder / name for name in (material.PASSAGES, material.TERMS)]
        self._say(f"{engine.name}: building")
        built = run([*command, "build", files[0], folder])
        self._say(f"{engine.name}: asking")
        answers = run([*command, "ask", folder, files[1], str(self._seconds)], core=FOR_ASKING)
        found = [[int(number) for number in each] for each in _lists(answers.told["found"])]
        same = nan
        if engine.lucene_like and passages <= EXACT_AT_MOST:
            same = self._exact.agreement(found)
        articles = (self._folder / material.ARTICLES).read_text(encoding="utf-8").splitlines()
        firsts = [articles[each[0]].split()[0] if each else "" for each in found]
        seconds = _number(built.told["seconds"])
        return _figures(
            engine.name, seconds, built, _disk(folder), answers, _Found(self._first(firsts), same)
        )

    @cached_property
    def _exact(self) -> ExactBM25:
        passages = passages_of(self._folder / material.PASSAGES)
        asked = list(passages_of(self._folder / material.TERMS))[WARM_UP:]
        return ExactBM25(passages, asked, LUCENE_K1, LUCENE_B)

    def _ours(self, action: str, *arguments: Path | float) -> Ran:
        command = [sys.executable, "-m", "benchmarks.scale.ours", action]
        return run([*command, *map(str, arguments)], core=FOR_ASKING)

    def _first(self, firsts: Sequence[str]) -> float:
        """The share of questions that these are the right articles for."""
        right = material.read_questions(self._questions)[WARM_UP:]
        return mean(
            first == question.article for first, question in zip(firsts, right, strict=False)
        )


def _figures(
    engine: str, seconds: float, built: Ran, disk: float, answers: Ran, found: _Found
) -> Figures:
    times = answers.told["times"]
    return Figures(
        engine=engine,
        build=seconds,
        busy=built.busy,
        peak=built.memory.peak,
        disk=disk,
        opening=_number(answers.told["open"]),
        times=sorted(map(_number, times)) if isinstance(times, list) else [],
        resident=answers.memory.resident,
        anonymous=answers.memory.anonymous,
        first=found.first,
        same=found.same,
    )


def _digest(*modules: ModuleType) -> str:
    """What the code of some modules is like, in hexadecimal digits."""
    sources = "".join(map(inspect.getsource, modules))
    return hashlib.sha256(sources.encode()).hexdigest()


def _number(told: object) -> float:
    if not isinstance(told, int | float):
        raise MeasuringError(f"a number was expected, not {told!r}")
    return float(told)


def _lists(told: object) -> list[list[str]]:
    if not isinstance(told, list):
        raise MeasuringError(f"a list was expected, not {told!r}")
    return told


def _disk(folder: Path) -> float:
    """MB that a folder takes; a file of several names counts once."""
    states = (path.stat() for path in folder.rglob("*") if path.is_file())
    sizes = {state.st_ino: state.st_size for state in states}
    return sum(sizes.values()) / MEGABYTE
