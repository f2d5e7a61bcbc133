"""Sentences, tags, features, lemmas and trees: the heads taught by the Dutch UD treebanks."""

import itertools
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS as POS_IDS
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from annotate.components.complements import with_complements
from annotate.components.dictionary import Dictionary
from annotate.components.encoder import LOAD_HINT, Encoding, encoding_of
from annotate.components.lemmas import Tree, apply_tree
from annotate.components.storage import (
    REINSTALL,
    Floats,
    read_arrays,
    read_table,
    write_arrays,
    write_table,
    write_text,
)
from annotate.components.trees import best_tree
from annotate.errors import ModelError

LONGEST = 256
"""Tokens of a sentence above which it is cut at its likeliest border."""
LEAST = -4.0
"""Margin, in log odds, from which on a sentence starts where marks and capitals say so."""
CLOSING = frozenset({'"', "'", "”", "’", "''", "»", ")"})
ENDS = frozenset({".", "!", "?", "…", "..."})
CANDIDATES = 8
"""Lemma classes tried before the form itself is taken."""
DICTIONARY = "dictionary.json.gz"
Ints = npt.NDArray[np.int64]


class Syntax(Pipe):
    """Set token.pos, tag, morph, lemma, head, dep and sentence starts.

    Labels are those of nl_core_news: UPOS, CGN tags with ``|``, UD features and relations. Lemmas have no
    ``_``; a separable verb carries its particle (kondigde … aan: aankondigen).
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.arrays: dict[str, Floats] = {}
        self.classes: dict[str, list[str]] = {}
        self.dictionary = Dictionary()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc.

        Raises:
            ModelError: the component has no weights, or no encoder ran before it.
        """
        encoding = encoding_of(doc)
        if not self.arrays or encoding is None:
            raise ModelError(f"The component {self.name} has no weights or encoder", hint=LOAD_HINT)
        if encoding.units:
            self._annotate(doc, encoding)
        return doc

    def linear(self, name: str, states: Floats) -> Floats:
        """Apply one linear head to states [words, width]."""
        result: Floats = states @ self.arrays[f"{name}.weight"].T + self.arrays[f"{name}.bias"]
        return result

    def starts(self, encoding: Encoding, first: Ints, forms: Sequence[str]) -> Ints:
        """Return the word indices at which sentences start.

        What follows a colon, within quotation marks or not, belongs to the sentence before it, as in the
        treebanks; and marks alone are no sentence. Behind a full stop less is asked of a capital, with or
        without a quotation mark before it.

        Args:
            first: the first unit of each word.
            forms: the words.
        """
        scores = self.linear("sentence", encoding.last[first])
        margin = scores[:, 1] - scores[:, 0]
        begins = margin > 0
        begins[0] = True
        for likely in np.flatnonzero((margin > LEAST) & ~begins).tolist():
            begins[likely] = _ended(forms, likely) and _opens(forms, likely)
        for word, unit in enumerate(first):
            if encoding.units[unit].line_break:
                begins[word] = True
            elif begins[word] and word and _goes_on(forms, begins, word):
                begins[word] = False
        edges = [*np.flatnonzero(begins), len(first)]
        result: list[int] = []
        for left, right in itertools.pairwise(edges):
            result.append(int(left))
            at = int(left)
            while right - at > LONGEST:
                middle = at + LONGEST // 2
                at = middle + int(margin[middle : at + LONGEST].argmax())
                result.append(at)
        return np.array(result)

    def heads(self, states: Floats, starts: Ints) -> Ints:
        """Return the head of each word, the root of a sentence its own."""
        dep = np.maximum(self.linear("parser.arc_dep", states), 0)
        head = np.maximum(self.linear("parser.arc_head", states), 0)
        dep = self.linear("parser.arc", dep)
        result = np.zeros(len(states), dtype=np.int64)
        for left, right in zip(starts, [*starts[1:], len(states)], strict=True):
            arcs = dep[left:right] @ head[left:right].T / np.sqrt(dep.shape[1])
            result[left:right] = left + best_tree(arcs)
        return result

    def relations(self, states: Floats, heads: Ints) -> Ints:
        """Return the index of the relation of each word to its head."""
        ones = np.ones((len(states), 1), dtype=np.float32)
        dep = np.hstack([np.maximum(self.linear("parser.rel_dep", states), 0), ones])
        head = np.hstack([np.maximum(self.linear("parser.rel_head", states), 0), ones])[heads]
        rel = self.arrays["parser.rel"]
        names, size = rel.shape[0], rel.shape[1]
        left = (dep @ rel.transpose(1, 0, 2).reshape(size, -1)).reshape(len(states), names, size)
        scores = np.einsum("trj,tj->tr", left, head)
        root = self.classes["relation"].index("root")
        is_root = heads == np.arange(len(heads))
        scores[:, root] = np.where(is_root, np.inf, -np.inf)
        result: Ints = scores.argmax(axis=1)
        return result

    def _annotate(self, doc: Doc, encoding: Encoding) -> None:
        words = [token.i for token in doc if not token.is_space]
        first = np.full(len(doc), -1)
        for i in range(len(encoding.units) - 1, -1, -1):
            first[encoding.units[i].token] = i
        units = first[words]
        states = encoding.last[units]
        forms = [doc[i].text for i in words]
        starts = self.starts(encoding, units, forms)
        heads = self.heads(states, starts)
        relations = self.relations(states, heads)
        picked = {
            name: [
                self.classes[name][i] for i in self.linear(f"words.{name}", states).argmax(axis=1)
            ]
            for name in ("upos", "tag", "morph")
        }
        deps = [self.classes["relation"][i] for i in relations]
        lemmas = self.lemmas(forms, picked["upos"], states)
        for word, dep in enumerate(deps):
            if dep == "compound:prt" and picked["upos"][heads[word]] in {"VERB", "AUX"}:
                joined = forms[word].lower() + lemmas[heads[word]]
                if self.dictionary.is_verb(joined):
                    lemmas[heads[word]] = joined
        deps = with_complements(forms, lemmas, heads.tolist(), deps)
        self._write(doc, words, picked, lemmas, heads, deps)

    def lemmas(self, forms: list[str], tags: list[str], states: Floats) -> list[str]:
        """Return the lemma of each word, particles of separable verbs left out.

        The dictionary chooses among what the likeliest edit trees make of a form.
        """
        scores = self.linear("words.lemma", states)
        last = min(CANDIDATES, scores.shape[1]) - 1
        ranked = np.argpartition(-scores, last, axis=1)[:, : last + 1]
        result = []
        for form, tag, row, order in zip(forms, tags, scores, ranked, strict=True):
            result.append(self.dictionary.lemma(form, tag, self._made(form, row, order)))
        return result

    def _made(self, form: str, scores: Floats, classes: Ints) -> Iterator[str]:
        """Yield what edit trees make of a form, the likeliest first; nothing is done before it is asked."""
        for i in classes[np.argsort(-scores[classes])]:
            lemma = _lemma(self.classes["lemma"][i], form)
            if lemma:
                yield lemma

    def _write(
        self,
        doc: Doc,
        words: list[int],
        picked: dict[str, list[str]],
        lemmas: list[str],
        heads: Ints,
        deps: list[str],
    ) -> None:
        strings, morphology = doc.vocab.strings, doc.vocab.morphology
        rows = np.zeros((len(doc), 6), dtype=np.uint64)
        space = (
            strings.add("_SP"),
            POS_IDS["SPACE"],
            morphology.add(""),
            0,
            np.int64(0).astype(np.uint64),
            strings.add("dep"),
        )
        anchor = 0
        at = {token: word for word, token in enumerate(words)}
        for i, token in enumerate(doc):
            word = at.get(i)
            if word is None:
                target = anchor if at else i
                offset = np.int64((target if i else (words[0] if words else 0)) - i)
                rows[i] = (*space[:3], strings.add(token.text), offset.astype(np.uint64), space[5])
                continue
            anchor = i
            feats = picked["morph"][word]
            rows[i] = (
                strings.add(picked["tag"][word]),
                POS_IDS[picked["upos"][word]],
                morphology.add("" if feats == "_" else feats),
                strings.add(lemmas[word]),
                np.int64(words[heads[word]] - i).astype(np.uint64),
                strings.add("ROOT" if deps[word] == "root" else deps[word]),
            )
        doc.from_array([TAG, POS, MORPH, LEMMA, HEAD, DEP], cast(Any, rows))

    def to_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write weights and labels."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        write_arrays(path / "heads.npz", self.arrays)
        write_table(path / "labels.json", self.classes)
        write_text(path / DICTIONARY, self.dictionary.as_json())

    def from_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> "Syntax":
        """Read weights and labels."""
        self.arrays = read_arrays(Path(path) / "heads.npz")
        self.classes = read_table(Path(path) / "labels.json")
        try:
            self.dictionary = Dictionary.from_json(read_table(Path(path) / DICTIONARY))
        except (KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"The model file {DICTIONARY} is damaged", hint=REINSTALL) from error
        return self


def _goes_on(forms: Sequence[str], begins: npt.NDArray[np.bool_], word: int) -> bool:
    """Tell whether only marks stand between a word and a colon, or the start of its sentence."""
    at = word - 1
    while not begins[at] and not any(map(str.isalnum, forms[at])) and ":" not in forms[at]:
        at -= 1
    return forms[at] == ":" or not any(map(str.isalnum, forms[at]))


def _ended(forms: Sequence[str], word: int) -> bool:
    """Tell whether a sentence may end before a word: behind its mark, and one that closes a quote."""
    at = word - 1
    if at > 0 and forms[at] in CLOSING:
        at -= 1
    return forms[at] in ENDS


def _opens(forms: Sequence[str], word: int) -> bool:
    """Tell whether a word has a capital, or is a mark right before one that has."""
    marked = not any(map(str.isalnum, forms[word])) and forms[word] not in CLOSING - {'"', "'"}
    at = word + 1 if marked and word + 1 < len(forms) else word
    return forms[at][:1].isupper()


@lru_cache(maxsize=65536)
def _lemma(name: str, form: str) -> str | None:
    lower, tree = _read_class(name)
    return apply_tree(tree, form.lower() if lower else form)


@lru_cache(maxsize=4096)
def _read_class(name: str) -> tuple[bool, Tree]:
    lower, tree = json.loads(name)
    return lower, tree


@Language.factory(
    "annotate_syntax",
    assigns=[
        "token.pos",
        "token.tag",
        "token.morph",
        "token.lemma",
        "token.dep",
        "token.head",
        "token.is_sent_start",
        "doc.sents",
    ],
    default_score_weights={"dep_las": 1.0, "tag_acc": None, "pos_acc": None, "lemma_acc": None},
)
def make_syntax(nlp: Language, name: str) -> Syntax:
    """Create the component without weights; `from_disk` brings them."""
    return Syntax(name)
