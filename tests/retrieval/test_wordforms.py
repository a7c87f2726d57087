"""Words hash alike where they are alike, and one with a letter deleted as if it had been written so."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.wordforms import forms_of, hashes

WORDS = st.lists(
    st.text(st.sampled_from("abcdäß書😀\ud800"), min_size=1, max_size=12), max_size=20, unique=True
)


@given(WORDS)
def test_forms_are_the_hashes_of_the_words_and_of_them_without_each_letter(
    words: list[str],
) -> None:
    forms, owners = forms_of(words)
    found = {
        (words[owner], form) for owner, form in zip(owners.tolist(), forms.tolist(), strict=True)
    }
    assert len(found) == len(forms)
    for word in words:
        wanted = {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
        assert {form for owner, form in found if owner == word} == set(
            hashes(sorted(wanted)).tolist()
        )


@given(WORDS)
def test_different_words_hash_differently_whatever_else_is_hashed(words: list[str]) -> None:
    alone = [int(hashes([word])[0]) for word in words]
    assert hashes(words).tolist() == alone
    assert len(set(alone)) == len(words)
