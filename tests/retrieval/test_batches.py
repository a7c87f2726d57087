"""Many texts are analysed in one go: each comes out as it would alone."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import Analysed, analyse
from retrieval.text.analyzer import BETWEEN, analyzer
from retrieval.types import Article

LANGUAGES = ("en", "de", "fr", "tr", "zh", "th", "ar", "xx")

PIECES = """
The WHO and IT said U.S. US us 3,500.25 1.5 2019-04-25 25 12th 1 000 000 don’t l'homme O'Neill's ﬁne naïve straße Москва
北京大学 昨天 สวัสดีครับ 한국어 हिन्दी ١٢٣ العربية co\u00adop \u0301a \u3099 ｶﾅ . , - ' ’ · A. B. 5 ² was
"""
pieces = st.sampled_from(PIECES.split())
texts = st.lists(
    st.one_of(
        st.lists(st.tuples(pieces, st.sampled_from(["", " ", "\n", "\n\n"])), max_size=25).map(
            lambda found: "".join(piece + gap for piece, gap in found)
        ),
        st.text(max_size=40),
    ),
    max_size=6,
)


@given(texts, st.sampled_from(LANGUAGES))
def test_words_of_texts_read_together_are_those_of_each(written: list[str], language: str) -> None:
    words = analyzer(language)
    found = words.find(written)
    together = [
        (found.lexicon.surfaces[number], start, end)
        for number, start, end in zip(found.numbers, found.starts, found.ends, strict=True)
    ]
    alone = [
        (token.surface, token.start + offset, token.end + offset)
        for text, offset in zip(written, found.offsets, strict=False)
        for token in words.tokens(text)
    ]
    assert together == alone
    assert found.offsets[-1] == len(BETWEEN.join([*written, ""]))


@given(st.lists(st.tuples(texts, texts), max_size=4), st.sampled_from([*LANGUAGES, "auto"]))
def test_articles_analysed_together_come_out_as_each_alone(
    told: list[tuple[list[str], list[str]]], language: str
) -> None:
    articles = [
        (number, Article(f"a{number}", " ".join(title), date(2020, 1, 1), "\n\n".join(text)))
        for number, (title, text) in enumerate(told)
    ]

    def shown(analysed: Analysed) -> object:
        records = [analysed.article.encode(), *(each.encode() for each in analysed.passages)]
        return records, analysed.given

    together = [shown(each) for each in analyse(articles, language)]
    assert together == [shown(each) for one in articles for each in analyse([one], language)]
