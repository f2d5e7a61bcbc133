"""A pipeline of the usual shape of spaCy's small ones, as a measure of speed beside ours.

Labels come from a treebank and from `annotate.labels`; a few updates give it outputs of an ordinary kind.
Its accuracy is not of interest here: `BASELINE` holds what such a pipeline reaches after an hour's training.
"""

import random
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.training import Example
from thinc.api import fix_random_seed

from annotate.labels import ENTITY_LABELS
from models.corpus import Sentence, read_conllu

BASELINE = {
    "entities": 0.63,
    "LAS alpino": 0.772,
    "LAS lassysmall": 0.749,
    "UPOS alpino": 0.939,
    "UPOS lassysmall": 0.938,
    "lemma alpino": 0.939,
}
"""Measured once: spaCy 3.8 defaults (``-o efficiency``, no vectors), best of 7,000 steps on the same treebank
and entities; trees, tags and lemmas on the UD test sets."""
SENTENCES, UPDATES = 400, 30


def cnn_pipeline(treebank: Path, seed: int = 0) -> Language:
    """Return a pipeline of tok2vec, tagger, morphologizer, lemmatizer, parser and ner.

    Args:
        treebank: a CoNLL-U file of at least a few hundred sentences.
    """
    fix_random_seed(seed)
    nlp = spacy.blank("nl")
    nlp.add_pipe("tok2vec")
    listener = {
        "@architectures": "spacy.Tok2VecListener.v1",
        "width": 96,
        "upstream": "*",
    }
    for name in ("tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner"):
        pipe = nlp.add_pipe(name, config={"model": {"tok2vec": listener}})
        if isinstance(pipe, EntityRecognizer):
            for label in ENTITY_LABELS:
                pipe.add_label(label)
    sentences = [s for s, _ in zip(read_conllu(treebank), range(SENTENCES), strict=False)]
    examples = [_example(nlp, sentence) for sentence in sentences]
    optimizer = nlp.initialize(lambda: examples)
    rng = random.Random(seed)
    for _ in range(UPDATES):
        nlp.update(rng.sample(examples, 32), sgd=optimizer)
    return nlp


def _example(nlp: Language, sentence: Sentence) -> Example:
    columns = sentence.columns
    found = {
        "words": sentence.forms,
        "spaces": sentence.spaces,
        "tags": columns["tag"],
        "pos": columns["upos"],
        "morphs": ["" if value == "_" else value for value in columns["morph"]],
        "lemmas": columns["lemma"],
        "heads": sentence.heads,
        "deps": ["ROOT" if value == "root" else value for value in columns["relation"]],
        "entities": ["O"] * len(sentence.forms),
    }
    text = "".join(w + " " * s for w, s in zip(sentence.forms, sentence.spaces, strict=True))
    return Example.from_dict(nlp.make_doc(text), found)
