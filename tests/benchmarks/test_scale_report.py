"""What is printed and drawn of archives of growing size, and what it is computed from."""

import sys
from math import isnan, nan
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.scale.__main__ import main
from benchmarks.scale.chart import chart
from benchmarks.scale.engines import ENGINES, Engine
from benchmarks.scale.exact import ExactBM25
from benchmarks.scale.measuring import Figures, SizeFigures
from benchmarks.scale.peers.asking import ask
from benchmarks.scale.process import MeasuringError, run
from benchmarks.scale.report import BEGIN, END, put_between_marks, table
from retrieval.bm25 import ArchiveBM25, idf

NAMES = ["Dateline", *(engine.name for engine in ENGINES)]


def figures(engine: str, times: list[float], same: float = nan, peak: float = 1_234) -> Figures:
    return Figures(engine, 12.3, 11.1, peak, 567, 0.12, times, 300, 120, 0.815, same)


def size(passages: int, factor: float) -> SizeFigures:
    reloads = {"nothing": 0.9, "10 articles": 1.2, "1%": 12.5}
    engines = [
        figures(name, [factor * place / 10 for place in range(1, 101)], 0.98) for name in NAMES
    ]
    return SizeFigures(passages, passages // 5, "lines", 987.6, 0.44, reloads, engines)


SIZES = [size(10_000, 0.01), size(100_000, 1), size(4_000_000, 250)]


def test_a_table_has_a_row_for_each_engine_and_size_in_columns() -> None:
    engines, reloads = "\n".join(table(SIZES)).split("\n\n")
    head, *rows = engines.splitlines()
    assert len(rows) == len(SIZES) * len(NAMES)
    assert {len(row) for row in rows} == {len(head)}
    head, *rows = reloads.splitlines()[1:]
    assert len(rows) == len(SIZES)
    assert {row.rindex("lines") for row in rows} == {head.rindex("kept")}


def test_what_was_not_measured_is_left_empty() -> None:
    unmeasured = SizeFigures(10, 2, "files", 1, 1, {}, [figures("bm25s", [1.0], peak=nan)])
    assert "nan" not in "\n".join(table([unmeasured]))


def test_percentiles() -> None:
    hundred = figures("bm25s", [float(time) for time in range(1, 101)])
    assert (hundred.at(0.5), hundred.at(0.99)) == (51, 100)
    assert figures("bm25s", [7.0]).at(0.99) == 7


def test_the_picture_is_xml_with_a_line_and_a_name_for_each_engine() -> None:
    picture = ET.fromstring(chart(SIZES))
    svg = "{http://www.w3.org/2000/svg}"
    lines = picture.findall(f"{svg}polyline")
    assert [len(line.attrib["points"].split()) for line in lines] == [len(SIZES)] * len(NAMES)
    written = {text.text for text in picture.iter(f"{svg}text")}
    assert {*NAMES, "10k", "1M", "100 ms"} <= written
    _, _, width, height = map(float, picture.attrib["viewBox"].split())
    for text in picture.iter(f"{svg}text"):
        assert 0 <= float(text.attrib["x"]) <= width
        assert 0 <= float(text.attrib["y"]) <= height


def test_one_size_can_be_drawn() -> None:
    ET.fromstring(chart(SIZES[:1]))


def test_only_what_is_between_the_marks_is_replaced(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    put_between_marks(document, [r"new \1"])
    assert document.read_text() == f"before\n{BEGIN}\nnew \\1\n{END}\nafter\n"
    document.write_text("no marks\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has no"):
        put_between_marks(document, ["new"])
    assert document.read_text() == "no marks\n"


def test_the_document_has_the_marks() -> None:
    text = Path("docs/performance.md").read_text(encoding="utf-8")
    assert 0 <= text.find(BEGIN) < text.find(END)


terms = st.lists(st.sampled_from("abcdef"), max_size=12)


@settings(max_examples=30)
@given(st.lists(terms, min_size=1, max_size=12), st.sets(st.sampled_from("abcdef")))
def test_the_exact_scores_are_those_of_rank_bm25(
    passages: list[list[str]], asked: set[str]
) -> None:
    wanted = sorted(asked)
    codes = list(range(len(wanted)))
    counts = np.array([[passage.count(term) for passage in passages] for term in wanted], np.intp)
    weights = {
        code: idf(sum(term in passage for passage in passages), len(passages))
        for code, term in enumerate(wanted)
    }
    lengths = [len(passage) for passage in passages]
    average = sum(lengths) / len(lengths)
    counts = counts.reshape(len(wanted), len(passages))
    bm25 = ArchiveBM25(codes, counts, lengths, average, weights, k1=1.2, b=0.75)
    expected = bm25.get_scores(codes)
    exact = ExactBM25(passages, [wanted], 1.2, 0.75)
    assert exact.scores(wanted) == pytest.approx(expected)


def test_of_equal_passages_any_may_be_among_the_first() -> None:
    passages = [["a"]] * 12 + [["b", "b"]] * 3
    exact = ExactBM25(passages, [["a"], ["b"]], 1.2, 0.75)
    assert exact.agreement([[*range(2, 12)], [12, 13, 14]]) == 1
    assert exact.agreement([[*range(10)], [12, 14]]) == pytest.approx((1 + 2 / 3) / 2)
    assert exact.agreement([[*range(8), 12, 13]]) == pytest.approx(0.8)


def test_slow_engines_are_asked_fewer_questions() -> None:
    told = ask(lambda: lambda question: [question], list(range(300)), seconds=0.0)
    assert told["found"] == [[200]]


def test_an_engine_that_is_not_there_is_left_out() -> None:
    assert Engine("none", "nothing", "nowhere", module="no_such_engine").command() is None


def test_an_engine_that_nobody_knows_is_refused() -> None:
    result = CliRunner().invoke(main, ["--peers", "tantivy,Lucine"])
    assert result.exit_code == 2
    assert "Lucine: there are rank-bm25, bm25s" in " ".join(result.output.replace("│", "").split())


def test_a_process_tells_its_memory_before_it_ends() -> None:
    script = "import sys; held = b'x' * 50_000_000; print('{\"done\": 1}', flush=True); sys.stdin.read()"
    ran = run([sys.executable, "-c", script])
    assert ran.told == {"done": 1}
    assert isnan(ran.memory.peak) or ran.memory.peak >= ran.memory.anonymous > 50


def test_a_process_that_fails_is_not_taken_for_one_that_measured() -> None:
    with pytest.raises(MeasuringError, match="failed"):
        run([sys.executable, "-c", "raise SystemExit(3)"], quiet=True)
