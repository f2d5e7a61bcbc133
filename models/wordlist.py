"""The word list of a pipeline's dictionary: ``dictionary`` joins it to the lemmas of the treebank.

From the Dutch lemma tables of spacy-lookups-data (MIT) it takes the forms among the commonest words of
wordfreq (Speer 2022), with their lemmas, and the lemmas that exist among those words.
"""

from collections.abc import Mapping

from spacy.lookups import load_lookups

from annotate.components.dictionary import WORDS, Dictionary

COMMONEST = 200_000
"""Words of wordfreq whose forms are kept."""


def dictionary(treebank: Mapping[str, str]) -> Dictionary:
    """Return the dictionary of a pipeline.

    Args:
        treebank: lemmas by UPOS and form, as `models.corpus.known_lemmas` gives them.
    """
    from wordfreq import top_n_list

    tables = load_lookups("nl", ["lemma_lookup", "lemma_index"])
    common = set(top_n_list("nl", COMMONEST, wordlist="large"))
    index, lookup = tables.get_table("lemma_index"), tables.get_table("lemma_lookup")
    existing = {upos: set(index[upos.lower()]) for upos in WORDS}
    every = set().union(*existing.values())
    pairs = ((form, lookup[form]) for form in sorted(common) if form in lookup)
    forms = {form: lemma for form, lemma in pairs if form != lemma and lemma in every}
    kept = common | set(forms.values())
    seen: dict[str, set[str]] = {upos: set() for upos in WORDS}
    for key, lemma in treebank.items():
        upos = key.partition(" ")[0]
        if upos in seen:
            seen[upos].add(lemma.lower())
    known = {upos: frozenset(words & kept | seen[upos]) for upos, words in existing.items()}
    return Dictionary(dict(treebank), forms, known)
