"""tantivy with its own BM25 and nothing else."""

from collections.abc import Sequence
from importlib.metadata import version as version_of
from pathlib import Path

import tantivy

from benchmarks.scale.peers.asking import TOP, Search, passages_of

HEAP = 256_000_000
"""Bytes that are written before a segment is."""


def version() -> str:
    """Of the library."""
    return version_of("tantivy")


def build(passages: Path, folder: Path) -> None:
    """Index passages by as many threads as it likes."""
    folder.mkdir()
    writer = tantivy.Index(_schema(), path=str(folder)).writer(heap_size=HEAP)
    for number, terms in enumerate(passages_of(passages)):
        document = tantivy.Document()
        document.add_text("words", " ".join(terms))
        document.add_unsigned("number", number)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def opened(folder: Path) -> Search:
    """What was built."""
    schema = _schema()
    searcher = tantivy.Index(schema, path=str(folder)).searcher()

    def search(terms: Sequence[str]) -> list[int]:
        any_of = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "words", term, "freq"))
            for term in terms
        ]
        hits = searcher.search(tantivy.Query.boolean_query(any_of), TOP, count=False).hits
        numbers = searcher.fast_field_values("number", [address for _, address in hits])
        return [number for number in numbers if isinstance(number, int)]

    return search


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("number", fast=True)
    return builder.build()
