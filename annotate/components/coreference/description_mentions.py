"""Mentions that are descriptions: noun phrases without a name, and names joined to a group."""

from collections.abc import Iterator, Sequence

from annotate.components.coreference.mention import Mention
from annotate.components.coreference.nouns import noun
from annotate.components.coreference.phrases import (
    ARTICLES,
    definiteness,
    is_nominalised,
    left_edge,
)
from annotate.components.coreference.pronouns import verb_number
from annotate.components.coreference.words import View, Word

_NEUTER_PERSONS = frozenset({"meisje", "kind", "slachtoffer", "kindermeisje", "lid"})
_JOINED = frozenset({"person", "org", "place", "group"})
_JOINED_LABELS = frozenset({"PERSON", "GPE", "ORG"})


def descriptions(view: View, names: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the noun phrases whose head is a common noun outside names, titles and dates."""
    words = view.words
    compounds = _compounds(view, names)
    taken = {i for m in names for i in range(*m.phrase)} - compounds
    ends = {m.last: m for m in names}
    covered = -1
    for i, word in enumerate(words):
        if i <= covered or i in taken or word.value:
            continue
        if word.lower in ARTICLES:
            continue
        if word.pos != "NOUN" and i not in compounds and not is_nominalised(words, i):
            continue
        last = i + 1
        while last < len(words) and _goes_on(words[last], i) and last not in taken:
            last += 1
        covered = last - 1
        first, determiner = left_edge(words, i)
        genitive = ends.get(first) if determiner < 0 else None
        if genitive is not None and genitive.text.endswith(("s", "'", "’")):
            mention = _description(view, genitive.first, last, i)
            mention.definite, mention.owner = "gen", genitive
        else:
            mention = _description(view, first, last, i)
            mention.definite = definiteness(words, determiner)
        yield mention


def _compounds(view: View, names: Sequence[Mention]) -> set[int]:
    """Return the words of which a name is the first part and a known noun the last: CDA-voorman, VVD'er."""
    words = view.words
    found = set()
    for mention in names:
        word = words[mention.last - 1]
        inside = mention.end < word.end and mention.phrase == (mention.last - 1, mention.last)
        if inside and noun(word.lower).sorts:
            found.add(word.i)
    titles = {i for m in names for i in range(m.phrase[0], m.first)}
    return found - titles


def _goes_on(word: Word, head: int) -> bool:
    """Whether a noun behind a head noun belongs to it (kilo cocaïne), as the tree says."""
    return word.pos == "NOUN" and not word.value and word.head == head


def _description(view: View, first: int, last: int, head: int) -> Mention:
    words = view.words
    word = words[head]
    found = noun(word.lower)
    plural = "|mv" in word.tag or (word.pos == "NUM" and word.lower not in {"één", "een", "ene"})
    sorts = set(found.sorts)
    ranked = word.lower == "nummer" and words[first].lower == "de"
    if ranked or (word.pos != "NOUN" and not sorts):
        sorts = {"person"}
    if plural and "person" in sorts:
        sorts = (sorts - {"person"}) | {"group"}
    gender = frozenset("fmn")
    if plural and "group" in sorts:
        gender = frozenset("fm")
    elif "person" in sorts:
        neuter = len(sorts) > 1 or word.lower in _NEUTER_PERSONS
        gender = frozenset(found.gender or "fm") | frozenset("n" if neuter else "")
    number = "p" if plural else "sp" if sorts & {"group", "org"} else "s"
    return Mention(
        words[first].start,
        words[last - 1].end,
        first,
        last,
        head,
        "description",
        None,
        view.text[words[first].start : words[last - 1].end],
        (first, last),
        word.sent,
        word.para,
        view.quote_at(word.start),
        sorts=frozenset(sorts),
        gender=gender,
        number=number,
        noun=found,
        form=word.lower,
        modifiers=frozenset(
            w.lower for w in words[first:head] if w.pos in {"ADJ", "NUM", "PROPN", "NOUN"}
        ),
    )


def extend(view: View, described: Sequence[Mention], others: Sequence[Mention]) -> None:
    """Let descriptions take the prepositional phrases that belong to them, from right to left."""
    words = view.words
    begins: dict[int, Mention] = {}
    for mention in [*others, *described]:
        held = begins.get(mention.phrase[0])
        if held is None or mention.phrase[1] >= held.phrase[1]:
            begins[mention.phrase[0]] = mention
    for mention in sorted(described, key=_by_head, reverse=True):
        for _ in range(2):
            at = mention.last
            if at + 1 >= len(words) or words[at].pos != "ADP" or words[at].sent != mention.sent:
                break
            inner = begins.get(at + 1)
            if inner is None and words[at + 1].lower in ARTICLES:
                inner = begins.get(at + 2)
            if inner is None or not _attaches(words, mention, at, inner):
                break
            _take(view, mention, inner)
            if words[at].lower == "van" and mention.owner is None and inner.kind != "pronoun":
                mention.owner = inner


def _by_head(mention: Mention) -> int:
    return mention.head


def _take(view: View, mention: Mention, inner: Mention) -> None:
    last = max(inner.phrase[1], inner.last)
    mention.last = last
    mention.end = inner.end if inner.kind == "name" else max(inner.end, view.words[last - 1].end)
    mention.phrase = (mention.phrase[0], last)
    mention.text = view.text[mention.start : mention.end]
    mention.modifiers |= {inner.form or inner.text.lower()}


def _attaches(words: Sequence[Word], mention: Mention, at: int, inner: Mention) -> bool:
    """Whether a prepositional phrase belongs to a description.

    With van always; else where the tree says so, or where both together open a sentence before its
    finite verb, since a Dutch main clause has one phrase there.
    """
    if words[at].lower == "van":
        return True
    if any(words[i].head == mention.head for i in range(*inner.phrase)):
        return True
    first = mention.phrase[0]
    opens = first == 0 or words[first - 1].sent != mention.sent or words[first - 1].pos == "SPACE"
    after = max(inner.phrase[1], inner.last)
    return opens and after < len(words) and verb_number(words[after]) != ""


def coordinations(view: View, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield names or persons joined by commas and en: Rossi, Biaggi en Capirossi; een man en een vrouw."""
    words = view.words
    run: list[Mention] = []
    for mention in sorted(mentions, key=_by_lead):
        if run and mention.first < run[-1].last:
            continue
        if run and _alike(mention, run[-1]):
            between = [w.lower for w in words[run[-1].last : mention.phrase[0]]]
            if between in (["en"], ["&"]):
                yield _join(view, [*run, mention])
                run = []
                continue
            if between == [","]:
                run.append(mention)
                continue
        run = [mention]


def _by_lead(mention: Mention) -> tuple[int, int]:
    return mention.phrase[0], -mention.last


def _alike(a: Mention, b: Mention) -> bool:
    if a.kind == "name" and b.kind == "name":
        return a.label == b.label and a.label in _JOINED_LABELS
    return a.sorts == {"person"} and b.sorts == {"person"}


def _join(view: View, run: Sequence[Mention]) -> Mention:
    first, last = run[0], run[-1]
    sorts = frozenset({"group"}) if first.sorts == {"person"} else frozenset({"group", "org"})
    start = (
        min(first.start, view.words[first.phrase[0]].start) if first.kind != "name" else first.start
    )
    return Mention(
        start,
        last.end,
        first.first,
        last.last,
        first.head,
        "description",
        None,
        view.text[start : last.end],
        (first.phrase[0], last.phrase[1]),
        first.sent,
        first.para,
        first.quote,
        sorts=sorts,
        gender=frozenset("fm"),
        number="p",
        definite="names",
        members=list(run),
    )
