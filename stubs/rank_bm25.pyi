from collections.abc import Callable, Iterable, Sequence

import numpy as np

class BM25Okapi:
    corpus_size: int
    avgdl: float
    doc_freqs: list[dict[str, int]]
    idf: dict[str, float]
    doc_len: list[int]
    def __init__(
        self,
        corpus: Sequence[Sequence[str]],
        tokenizer: Callable[[str], list[str]] | None = ...,
        k1: float = ...,
        b: float = ...,
        epsilon: float = ...,
    ) -> None: ...
    def _calc_idf(self, nd: Iterable[str]) -> None: ...
    def get_scores(self, query: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]: ...
