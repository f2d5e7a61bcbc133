"""Fit the weights of coreference: ``python -m models.coreference --corpus DIR [--model NAME] [--update]``.

By conditional maximum likelihood with an L2 prior, from two kinds of articles: those with chains
(``coreference/train.jsonl``) teach every pronoun and description, those with attributions
(``attributions/train.jsonl``) teach who a source is whose speaker they name. Attributions are taken from
the corpus, names and trees from the model. ``--update`` writes ``lexicons/coref_weights.tsv``.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

import annotate
from annotate.components.attributions import (
    FoundAttribution,
    store_attributions,
    stored_attributions,
)
from annotate.components.coreference import anaphora
from annotate.components.coreference.clusters import Clusters
from annotate.components.coreference.mention import Mention
from annotate.components.coreference.mentions import find_mentions
from annotate.components.coreference.ranking import Candidate, best
from annotate.components.coreference.relations import inverse
from annotate.components.coreference.sieves import SIEVES
from annotate.components.coreference.utterances import Speech, head_mention
from annotate.components.coreference.words import View
from annotate.components.units import SECTIONS
from annotate.evaluation.words import same_name, word_set, words_of
from annotate.pipeline import load
from annotate.sources.sections import find_sections
from models.corpus import read_jsonl

TABLE = Path(annotate.__file__).parent / "lexicons" / "coref_weights.tsv"
PIPES = ("annotate_encoder", "annotate_syntax", "annotate_entities", "annotate_values")
PRIOR = 3.0
"""Weight of the L2 prior."""
FEWEST = 4
"""Times that a feature must occur."""
SMALLEST = 0.02
"""Weights below this are left out of the table."""
SPEAKERS = 0.5
"""Weight of what speakers teach beside what chains teach."""
FAMILIES = ("hij", "ze-s", "ze-p", "ze-sp", "zijn", "haar", "hun", "het", "die")
"""Groups of pronouns, as in `annotate.components.coreference.ranking.family`."""
LINKED = {"d:none:": 1.0, **{f"none:{family}": 0.7 for family in FAMILIES}}
"""What is taken off the weight of nobody, for descriptions and for each group of pronouns: a link that is
missed costs the measures of chains more than a wrong one. Chosen on the development articles."""


class Instance(NamedTuple):
    """The candidates of a mention, and which of them are right."""

    candidates: list[Candidate]
    right: list[bool]
    weight: float


def analysed(nlp: Language, row: dict[str, Any]) -> Doc:
    """Return an article with names, trees and values of the model and the attributions of the corpus."""
    doc = nlp.make_doc(row["text"])
    doc.user_data[SECTIONS] = [section.start for section in find_sections(row["text"])]
    for name in PIPES:
        doc = nlp.get_pipe(name)(doc)
    found = [
        FoundAttribution(
            source=[(s, e) for s, e in one["source"]],
            cue=[(s, e) for s, e in one["cue"]],
            content=[(s, e) for s, e in one["content"]],
            type=one["type"],
            act=one["act"],
            polarity=one["polarity"],
            confidence=1.0,
            rule="corpus",
        )
        for one in row["attributions"]
    ]
    store_attributions(doc, found)
    return doc


def instances(doc: Doc, row: dict[str, Any]) -> Iterator[Instance]:
    """Yield what an article teaches; the mentions before are joined as the corpus has them, where it tells.

    Args:
        row: an article of the corpus, with chains or without.
    """
    view = View(doc)
    mentions = find_mentions(view)
    clusters = Clusters(mentions)
    speech = Speech(view, mentions, stored_attributions(doc))
    chains = _chains(row, mentions)
    speakers = _speakers(row, mentions)
    for sieve in SIEVES:
        if sieve is anaphora.anaphors:
            break
        sieve(view, mentions, clusters, speech)
    for mention in anaphora.in_order(mentions):
        counterpart = inverse(mention, clusters)
        if counterpart is not None and clusters.join(mention, counterpart, "inverse"):
            continue
        candidates = anaphora.candidates(mention, mentions, clusters, speech)
        if len(candidates) < 2:
            continue
        if chains is not None:
            right = _by_chain(mention, mentions, candidates, chains)
        else:
            right = _by_speaker(mention, candidates, clusters, speakers)
        chosen = best(candidates).mention
        if right is not None:
            yield Instance(candidates, right, 1.0 if chains is not None else SPEAKERS)
            chosen = next(c.mention for c, ok in zip(candidates, right, strict=True) if ok)
        if chosen is not None:
            clusters.join(mention, chosen, "corpus")


def _chains(row: dict[str, Any], mentions: Sequence[Mention]) -> dict[int, int] | None:
    """Return the number of the chain of each mention that stands in one, None where there are no chains."""
    if "chains" not in row:
        return None
    words = words_of(row["text"])
    gold = [
        (number, word_set(words, [(start, end)]))
        for number, chain in enumerate(row["chains"])
        for start, end in chain["mentions"]
    ]
    ours = [word_set(words, [(m.start, m.end)]) for m in mentions]
    pairs = sorted(
        (
            (len(a & b) / len(a | b), place, index)
            for place, (_number, a) in enumerate(gold)
            for index, b in enumerate(ours)
            if a & b
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    used: set[int] = set()
    for share, place, index in pairs:
        if share >= 0.5 and place not in used and index not in found:
            used.add(place)
            found[index] = gold[place][0]
    return found


def _speakers(row: dict[str, Any], mentions: Sequence[Mention]) -> dict[int, str]:
    """Return by mention the speaker of the attributions whose source it is."""
    found: dict[int, str] = {}
    for one in row["attributions"]:
        mention = head_mention(mentions, [(s, e) for s, e in one["source"]])
        if mention is not None and one.get("speaker"):
            found[mention.index] = one["speaker"]
    return found


def _by_chain(
    mention: Mention,
    mentions: Sequence[Mention],
    candidates: Sequence[Candidate],
    chains: dict[int, int],
) -> list[bool] | None:
    number = chains.get(mention.index)
    right = [
        c.mention is not None and number is not None and chains.get(c.mention.index) == number
        for c in candidates
    ]
    if any(right):
        return right
    earlier = any(chains.get(m.index) == number for m in mentions[: mention.index])
    if number is not None and earlier and mention.pronoun is not None:
        return None  # what it takes up is no candidate
    return [c.mention is None for c in candidates]


def _by_speaker(
    mention: Mention,
    candidates: Sequence[Candidate],
    clusters: Clusters,
    speakers: dict[int, str],
) -> list[bool] | None:
    speaker = speakers.get(mention.index)
    if speaker is None:
        return None
    right = [
        c.mention is not None
        and any(m.kind != "pronoun" and same_name(speaker, m.text) for m in clusters.of(c.mention))
        for c in candidates
    ]
    if any(right):
        return right
    if mention.kind != "pronoun" and same_name(speaker, mention.text):
        return [c.mention is None for c in candidates]
    return None


def fit(found: Sequence[Instance], prior: float = PRIOR) -> dict[str, float]:
    """Return the weights that make the right candidates likeliest, by L-BFGS.

    Args:
        found: the instances; of several right candidates any will do.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    counts = Counter(f for one in found for f in {f for c in one.candidates for f in c.features})
    names = sorted(f for f, n in counts.items() if n >= FEWEST)
    column = {f: i for i, f in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    right: list[bool] = []
    first: list[int] = []
    for one in found:
        first.append(len(right))
        for candidate, ok in zip(one.candidates, one.right, strict=True):
            for feature in candidate.features:
                if feature in column:
                    rows.append(len(right))
                    columns.append(column[feature])
            right.append(ok)
    shape = (len(right), len(names))
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    is_right, starts = np.array(right), np.array(first)
    group = np.repeat(np.arange(len(first)), np.diff([*first, len(right)]))
    weights = np.array([one.weight for one in found])

    def loss(w: Any) -> tuple[float, Any]:
        scores = matrix @ w
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        all_ = np.add.reduceat(scores, starts)
        good = np.add.reduceat(scores * is_right, starts)
        value = (weights * (np.log(all_) - np.log(good))).sum() + prior / 2 * w @ w
        share = weights[group] * (scores / all_[group] - scores * is_right / good[group])
        return float(value), matrix.T @ share + prior * w

    solved = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: float(solved.x[i]) for i, name in enumerate(names)}


def linked(weights: dict[str, float]) -> dict[str, float]:
    """Return the weights with nobody less likely (see LINKED)."""
    return {name: weight - LINKED.get(name, 0.0) for name, weight in weights.items()}


def table(weights: dict[str, float]) -> str:
    """Return the lexicon with these weights under its head."""
    head = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("#")]
    rows = [f"{f}\t{w:.3g}" for f, w in sorted(weights.items()) if abs(w) >= SMALLEST]
    return "\n".join([*head, *rows]) + "\n"


def articles(folder: Path) -> Iterable[dict[str, Any]]:
    """Yield the training articles, with their chains where they have them."""
    chains = {row["id"]: row["chains"] for row in read_jsonl(folder / "coreference/train.jsonl")}
    for row in read_jsonl(folder / "attributions/train.jsonl"):
        yield {**row, "chains": chains[row["id"]]} if row["id"] in chains else row


def main() -> None:
    """Read the command line, fit, and write on demand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--model", help="whose names and trees are learned from (the shipped one)")
    parser.add_argument("--update", action="store_true", help="write the weights")
    args = parser.parse_args()
    nlp = load(args.model).nlp
    found = [one for row in articles(args.corpus) for one in instances(analysed(nlp, row), row)]
    weights = fit(found)
    chosen = [
        max(one.candidates, key=lambda c: sum(weights.get(f, 0.0) for f in c.features))
        for one in found
    ]
    hits = sum(one.right[one.candidates.index(c)] for one, c in zip(found, chosen, strict=True))
    print(json.dumps({"instances": len(found), "right": round(hits / len(found), 4)}))
    if args.update:
        TABLE.write_text(table(linked(weights)), encoding="utf-8")


if __name__ == "__main__":
    main()
