"""Word lists under ``annotate/lexicons/``: which words report, which hedge, and what only looks like it.

Every list is a TSV file whose head says where it comes from (``# source:``), under which licence
(``# licence:``) and what its columns are (``# columns:``). They are read once and never change.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple, cast, get_args

from annotate.labels import ACTS, Act, Certainty, Polarity

HEAD = ("# source: ", "# licence: ", "# columns: ")
CUE_KINDS = ("verb", "noun", "adjective", "preposition", "phrase")
FRAMES = frozenset({"passive", "accused", "fixed"})
HEDGE_KINDS = ("adverb", "phrase", "verb", "clause")
SOURCE_NOUN_KINDS = ("document", "group")
CERTAINTIES: tuple[str, ...] = get_args(Certainty)


class CueEntry(NamedTuple):
    """A word or phrase that reports.

    Attributes:
        lemma: with the particle of a separable verb in front (aankondigen); words of a phrase in the
            order of the infinitive (van de hand wijzen, laten weten).
        kind: verb, noun, adjective, preposition or phrase.
        polarity: of the bare cue; a negation turns + into -, and - of a denial into +.
        certainty: of the claim that such a cue makes.
        frames: what rules may take for certain. ``passive``: "er wordt ... dat" without an agent reports;
            ``accused``: its passive reports with the accused as subject (wordt ervan beschuldigd); ``fixed``:
            the act is never another one, whatever the context.
    """

    lemma: str
    kind: str
    act: Act
    polarity: Polarity
    certainty: Certainty
    frames: frozenset[str]


class HedgeEntry(NamedTuple):
    """A word or phrase by which the author lowers or raises the certainty of a clause.

    Attributes:
        kind: adverb (modifies the predicate), phrase (the same, several words), verb (lijkt te), clause
            (governs a clause with dat).
    """

    form: str
    kind: str
    certainty: Certainty


class PseudoEntry(NamedTuple):
    """Words that look like a report and are none.

    Attributes:
        cue: the word that would be the cue.
        pattern: forms around it, ``_`` for the cue, ``|`` between alternatives, ``*`` for any word.
    """

    cue: str
    pattern: tuple[tuple[str, ...], ...]


class LexiconError(ValueError):
    """A word list breaks its own rules: a fault of the package, not of its user."""


def read_table(name: str, columns: tuple[str, ...] | None = None) -> tuple[tuple[str, ...], ...]:
    """Return the rows of ``lexicons/NAME.tsv``; missing last cells are empty.

    Args:
        columns: the names that the head must give; None takes any.

    Raises:
        LexiconError: the head lacks a line or gives other columns, or a row has more cells than those.
    """
    lines = (files("annotate") / "lexicons" / f"{name}.tsv").read_text("utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    for start in HEAD:
        if not any(line.startswith(start) for line in head):
            raise LexiconError(f"{name}.tsv has no line {start.strip()!r}")
    given = next(line for line in head if line.startswith(HEAD[2]))[len(HEAD[2]) :].split("\t")
    if columns is not None and tuple(given) != columns:
        raise LexiconError(f"{name}.tsv has the columns {given}, not {list(columns)}")
    rows = []
    for line in lines:
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) > len(given):
            raise LexiconError(f"{name}.tsv has more than {len(given)} cells in {line!r}")
        rows.append(tuple(cells + [""] * (len(given) - len(cells))))
    return tuple(rows)


@cache
def cues() -> Mapping[tuple[str, str], CueEntry]:
    """Return the cues by lemma and kind.

    Raises:
        LexiconError: a row is double or has an unknown kind, act, polarity, certainty or frame.
    """
    table: dict[tuple[str, str], CueEntry] = {}
    columns = ("lemma", "kind", "act", "polarity", "certainty", "frames")
    for lemma, kind, act, polarity, certainty, frames in read_table("cues", columns):
        where = f"cues.tsv, {lemma!r}"
        _among(where, kind, CUE_KINDS)
        _among(where, act, ACTS)
        _among(where, polarity, get_args(Polarity))
        _among(where, certainty, CERTAINTIES)
        for frame in frames.split():
            _among(where, frame, FRAMES)
        if (lemma, kind) in table:
            raise LexiconError(f"{where} stands there twice as {kind}")
        table[lemma, kind] = CueEntry(
            lemma,
            kind,
            cast(Act, act),
            cast(Polarity, polarity),
            cast(Certainty, certainty),
            frozenset(frames.split()),
        )
    return MappingProxyType(table)


@cache
def cue_lemmas() -> Mapping[str, CueEntry]:
    """Return the cues by lemma alone; of a lemma with several kinds, the first of `CUE_KINDS`."""
    table: dict[str, CueEntry] = {}
    for kind in reversed(CUE_KINDS):
        table.update({e.lemma: e for e in cues().values() if e.kind == kind})
    return MappingProxyType(table)


@cache
def hedges() -> Mapping[str, HedgeEntry]:
    """Return the hedges by form.

    Raises:
        LexiconError: a row is double or has an unknown kind or certainty.
    """
    table: dict[str, HedgeEntry] = {}
    for form, kind, certainty in read_table("hedges", ("form", "kind", "certainty")):
        where = f"hedges.tsv, {form!r}"
        _among(where, kind, HEDGE_KINDS)
        _among(where, certainty, CERTAINTIES)
        if form in table:
            raise LexiconError(f"{where} stands there twice")
        table[form] = HedgeEntry(form, kind, cast(Certainty, certainty))
    return MappingProxyType(table)


@cache
def pseudo_cues() -> tuple[PseudoEntry, ...]:
    """Return the look-alikes.

    Raises:
        LexiconError: a pattern has no cue in it, or two.
    """
    found = []
    for cue, pattern in read_table("pseudo_cues", ("cue", "pattern")):
        slots = tuple(tuple(slot.split("|")) for slot in pattern.split())
        if slots.count(("_",)) != 1:
            raise LexiconError(f"pseudo_cues.tsv, {cue!r}: {pattern!r} needs one _")
        found.append(PseudoEntry(cue, slots))
    return tuple(found)


@cache
def verb_forms() -> Mapping[str, tuple[str, ...]]:
    """Return the lemmas of every form of the reporting verbs, those of separable verbs joined and apart.

    kondigt: kondigen; aankondigt, aangekondigd: aankondigen. Lemmas of a form are in alphabetical order.
    """
    table: dict[str, set[str]] = {}
    columns = ("lemma", "present", "past", "past_plural", "participle")
    for lemma, present, past, plural, participle in read_table("cue_forms", columns):
        particle, _, base = lemma.rpartition("|")
        for form in (base, *_present(present), past, plural, participle, f"{base}d"):
            table.setdefault(form, set()).add(base)
            if particle:
                table.setdefault(particle + form, set()).add(particle + base)
    return MappingProxyType({form: tuple(sorted(lemmas)) for form, lemmas in table.items()})


def _present(stem: str) -> tuple[str, ...]:
    """Return the singular forms: geef, geeft; sta, staat; wil."""
    if stem == "wil" or stem.endswith("t"):
        return (stem,)
    if stem.endswith("a"):
        return (stem, f"{stem}at")
    return (stem, f"{stem}t")


@cache
def source_nouns() -> Mapping[str, str]:
    """Return document or group by the lemma of a noun.

    Raises:
        LexiconError: a row is double or has an unknown kind.
    """
    table: dict[str, str] = {}
    for noun, kind in read_table("source_nouns", ("noun", "kind")):
        _among(f"source_nouns.tsv, {noun!r}", kind, SOURCE_NOUN_KINDS)
        if noun in table:
            raise LexiconError(f"source_nouns.tsv, {noun!r} stands there twice")
        table[noun] = kind
    return MappingProxyType(table)


def _among(where: str, value: str, allowed: "tuple[str, ...] | frozenset[str]") -> None:
    if value not in allowed:
        raise LexiconError(f"{where}: {value!r} is none of {', '.join(sorted(allowed))}")
