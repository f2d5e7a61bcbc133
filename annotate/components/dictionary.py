"""What is known of Dutch lemmas: those of a treebank, and those of a word list."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

WORDS = ("NOUN", "VERB", "ADJ")
"""UPOS of the words that the word list has."""


@dataclass(frozen=True)
class Dictionary:
    """Lemmas of forms, and the lemmas that exist.

    Attributes:
        treebank: lemma by UPOS and form, as ``"VERB kondigde": "kondigen"``.
        forms: lemma by form, in small letters, of a word list.
        known: the lemmas that exist, in small letters, by UPOS (of WORDS).
    """

    treebank: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def lemma(self, form: str, upos: str, candidates: Iterable[str]) -> str:
        """Return the lemma of a form.

        That of the treebank; else that of the word list; else the first candidate that exists; else the first
        candidate.

        Args:
            candidates: lemmas that the model proposes, the likeliest first.
        """
        treebank = self.treebank.get(f"{upos} {form}") or self.treebank.get(
            f"{upos} {form.lower()}"
        )
        if treebank is not None:
            return treebank
        proposed = list(candidates) or [form]
        first = proposed[0]
        known = self.known.get(upos)
        if known is not None and form.isalpha():
            listed = self.forms.get(form.lower())
            if listed in known and listed != first.lower():
                return listed
            first = next((lemma for lemma in proposed if lemma.lower() in known), first)
        return "e" + first[1:] if first.startswith("ë") else first

    def is_verb(self, lemma: str) -> bool:
        """Tell whether a verb exists, or whether that cannot be told for want of a word list."""
        return not self.known or lemma in self.known["VERB"]

    def as_json(self) -> str:
        """Return what `from_json` reads."""
        known = {upos: sorted(lemmas) for upos, lemmas in self.known.items()}
        parts = {"treebank": self.treebank, "forms": self.forms, "known": known}
        return json.dumps(parts, ensure_ascii=False, indent=0) + "\n"

    @classmethod
    def from_json(cls, parts: dict[str, Any]) -> "Dictionary":
        """Return the dictionary that the parts of a JSON object hold.

        Raises:
            KeyError: a part is missing.
        """
        known = {upos: frozenset(lemmas) for upos, lemmas in parts["known"].items()}
        return cls(parts["treebank"], parts["forms"], known)
