from collections.abc import Hashable, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T", bound=Hashable)
C = TypeVar("C")
D = TypeVar("D")

class BM25Okapi(Generic[T, C]):
    corpus_size: int
    avgdl: float
    k1: float
    b: float
    doc_freqs: list[Mapping[T, int]]
    idf: dict[T, float]
    doc_len: list[int]
    def __init__(
        self,
        corpus: Sequence[C],
        tokenizer: None = ...,
        k1: float = ...,
        b: float = ...,
        epsilon: float = ...,
    ) -> None: ...
    def _initialize(self, corpus: Sequence[C]) -> Mapping[T, float]: ...
    def _calc_idf(self, nd: Mapping[T, float]) -> None: ...
    def get_scores(self, query: Sequence[T]) -> np.ndarray[tuple[int], np.dtype[np.float64]]: ...
    def get_top_n(self, query: Sequence[T], documents: Sequence[D], n: int = ...) -> list[D]: ...
