"""Score attributions against gold.

An attribution here is a mapping with ``source``, ``cue``, ``content`` (spans), ``type``, ``act``,
``polarity`` and ``speaker``, as in gold files. Gold and predicted contents are paired one to one, the best
Jaccard of their words first, at 0.5 or more. Figures:

- cue: a cue is found when a predicted one shares a word with it
- content: paired; content=: paired with the same words
- who: paired, and the sources share a word or are both empty
- who=: paired, content and source the same words

For the pairs, the accuracy of type, act, polarity and of the speaker's name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotate.evaluation.counts import Figure, figure, share
from annotate.evaluation.words import same_name, word_set, words_of

Row = Mapping[str, Any]
FIELDS = ("type", "act", "polarity")


class _Sets(NamedTuple):
    content: frozenset[int]
    source: frozenset[int]
    cue: frozenset[int]
    row: Row


class Pair(NamedTuple):
    """A gold attribution and the predicted one that it is paired with; one of them may be None."""

    gold: Row | None
    predicted: Row | None
    same_content: bool
    found_source: bool
    same_source: bool


def pair(text: str, gold: Sequence[Row], predicted: Sequence[Row]) -> list[Pair]:
    """Pair the attributions of one text; what has no partner comes alone."""
    words = words_of(text)
    ours = [_sets(words, row) for row in gold]
    theirs = [_sets(words, row) for row in predicted]
    candidates = []
    for i, g in enumerate(ours):
        for j, p in enumerate(theirs):
            union = g.content | p.content
            jaccard = len(g.content & p.content) / len(union) if union else 0.0
            if jaccard >= 0.5:
                bonus = 0.001 * bool(g.cue & p.cue) + 0.001 * _meet(g.source, p.source)
                candidates.append((jaccard + bonus, i, j))
    used_gold: set[int] = set()
    used: set[int] = set()
    pairs = []
    for _score, i, j in sorted(candidates, reverse=True):
        if i in used_gold or j in used:
            continue
        used_gold.add(i)
        used.add(j)
        g, p = ours[i], theirs[j]
        pairs.append(
            Pair(
                g.row,
                p.row,
                g.content == p.content,
                _meet(g.source, p.source),
                g.source == p.source,
            )
        )
    pairs += [
        Pair(g.row, None, False, False, False) for i, g in enumerate(ours) if i not in used_gold
    ]
    pairs += [Pair(None, p.row, False, False, False) for j, p in enumerate(theirs) if j not in used]
    return pairs


def _sets(words: Sequence[tuple[int, int, str]], row: Row) -> _Sets:
    return _Sets(
        word_set(words, row["content"], bare=True),
        word_set(words, row["source"]),
        word_set(words, row["cue"]),
        row,
    )


def _meet(a: frozenset[int], b: frozenset[int]) -> bool:
    return bool(a & b) or (not a and not b)


@dataclass
class AttributionScore:
    """Counts over texts; add one text after the other."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, gold: Sequence[Row], predicted: Sequence[Row]) -> list[Pair]:
        """Count one text and return its pairs."""
        words = words_of(text)
        n = self.counts
        n["gold"] += len(gold)
        n["predicted"] += len(predicted)
        gold_cues = [s for row in gold if (s := word_set(words, row["cue"]))]
        cues = [s for row in predicted if (s := word_set(words, row["cue"]))]
        n["gold cues"] += len(gold_cues)
        n["cues"] += len(cues)
        n["cues recalled"] += sum(any(a & b for b in cues) for a in gold_cues)
        n["cues right"] += sum(any(a & b for b in gold_cues) for a in cues)
        pairs = pair(text, gold, predicted)
        for found in pairs:
            if found.gold is None or found.predicted is None:
                continue
            n["content"] += 1
            n["content="] += found.same_content
            n["who"] += found.found_source
            n["who="] += found.same_content and found.same_source
            for name in FIELDS:
                n[name] += found.gold[name] == found.predicted[name]
            if found.gold["speaker"]:
                n["speakers"] += 1
                n["speaker"] += same_name(found.gold["speaker"], found.predicted["speaker"])
        return pairs

    def figures(self) -> dict[str, Figure]:
        """Return precision, recall and F1 by name."""
        n = self.counts
        cue = figure(n["cues right"], n["cues"], n["gold cues"], recalled=n["cues recalled"])
        rest = {
            name: figure(n[name], n["predicted"], n["gold"])
            for name in ("content", "content=", "who", "who=")
        }
        return {"cue": cue, **rest}

    def accuracies(self) -> dict[str, float]:
        """Return the accuracies on the pairs by name."""
        n = self.counts
        found = {name: share(n[name], n["content"]) for name in FIELDS}
        return {**found, "speaker": share(n["speaker"], n["speakers"])}


def score(docs: Iterable[tuple[str, Sequence[Row], Sequence[Row]]]) -> AttributionScore:
    """Score texts with their gold and predicted attributions."""
    result = AttributionScore()
    for text, gold, predicted in docs:
        result.add(text, gold, predicted)
    return result
