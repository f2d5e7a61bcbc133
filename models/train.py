"""Train a model: ``python -m models.train CONFIG --corpus DIR --base FILE --work DIR --steps N``.

The rate is level after the warm-up and falls to zero over the last ``--decay`` steps (Hu et al. 2024), so
that a run can be made longer later: its level part goes on from a checkpoint. A killed run goes on where
its last checkpoint was written when the same command is given again.
"""

import argparse
import json
import random
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from annotate.components.pieces import Pieces
from models import base as base_weights
from models import corpus, vocabulary
from models.batches import Batch, Settings, article_batches, encode, sentence_batches
from models.conventions import present
from models.corpus import Example
from models.losses import article_loss, states, tree_loss
from models.names import Names
from models.network import Network


class Data:
    """Everything that is learned from, and the vocabulary and classes that follow from it."""

    def __init__(
        self,
        folder: Path,
        base: base_weights.Base,
        work: Path,
        config: dict[str, Any],
        limit: int | None,
    ) -> None:
        trees = corpus.read_conllu(folder / "treebank" / "train.conllu")
        sentences = [present(sentence) for sentence in trees][:limit]
        entities = folder / "entities" / "train.jsonl"
        rows = list(corpus.read_jsonl(entities)) if entities.exists() else []
        marked = {row["id"].removesuffix(".xml"): (row["text"], row["entities"]) for row in rows}
        sentences = [s._replace(id=s.id.removesuffix(".xml")) for s in sentences]
        self.labels = corpus.classes(sentences)
        self.lemmas = corpus.known_lemmas(sentences)
        self.sentences = corpus.trees(sentences, self.labels, marked)
        known = {s.id for s in sentences}
        self.marked = corpus.sentences_with_entities(
            row
            for row in rows
            if row["source"] == "lassytrain" and row["id"].removesuffix(".xml") not in known
        )[:limit]
        self.articles = corpus.articles(
            folder / "attributions" / "train.jsonl", config["mix"].get("copies")
        )[:limit]
        self.keep = self._kept(base, work, config["vocabulary"])
        self.names = Names.of([*self.articles, *self.marked])
        vectors = base_weights.vectors_of(base, self.keep)
        self.pieces = vectors.pieces
        self.embedding = torch.from_numpy(vectors.dense())

    def _kept(self, base: base_weights.Base, work: Path, words: dict[str, int]) -> list[int]:
        path = work / "vocabulary.json"
        if not path.exists():
            texts = [
                (surface, unit.space)
                for example in (*self.articles, *self.sentences)
                for surface, unit in zip(example.surfaces(), example.units, strict=True)
            ]
            kept = vocabulary.prune(Pieces(base.pieces, base.scores), texts, words)
            path.write_text(json.dumps(kept))
        return list(json.loads(path.read_text()))


def epochs(data: Data, config: dict[str, Any], seed: int) -> Iterator[list[Example]]:
    """Yield the texts of steps for ever: each epoch the articles and a share of the treebank, mixed."""
    settings, mix = Settings(), config["mix"]
    variants = {"restyle": mix["restyle"], "names": data.names, "rename": mix["rename"]}
    epoch = 0
    while True:
        rng = random.Random(f"{seed}-{epoch}")
        batches = [
            *article_batches(data.articles, settings, rng, **variants),
            *sentence_batches(data.sentences, settings, rng, share=mix["trees"]),
            *sentence_batches(data.marked, settings, rng, share=mix["entities"]),
        ]
        rng.shuffle(batches)
        yield from batches
        epoch += 1


def optimizer(network: Network, config: dict[str, Any]) -> torch.optim.AdamW:
    """AdamW over all that is not frozen; heads learn faster than the encoder."""
    encoder = network.encoder
    for module in (encoder.position, encoder.norm, *list(encoder.layers)[: config["frozen"]]):
        module.requires_grad_(False)
    old = [*encoder.parameters(), *network.roles.layers.parameters()]
    known = {id(p) for p in old}
    new = [p for p in network.parameters() if id(p) not in known]
    rates = config["rates"]
    groups = [
        {"params": [p for p in old if p.requires_grad], "lr": rates["encoder"]},
        {"params": new, "lr": rates["heads"]},
    ]
    for group in groups:
        group["base"] = group["lr"]
    return torch.optim.AdamW(groups, weight_decay=rates["weight_decay"], betas=(0.9, 0.98))


def rate(step: int, steps: int, decay: int, warmup: int) -> float:
    """Return the share of the full rate at a step."""
    up = min(1.0, (step + 1) / warmup)
    down = min(1.0, max(0.0, (steps - step) / decay)) if decay else 1.0
    return min(up, down)


Loss = Callable[[Network, Tensor, Batch, dict[str, Any], random.Random], dict[str, Tensor]]
"""Gives the losses of a batch by name: of a network, embedding, batch, configuration and randomness."""


def loss_of(
    network: Network, embedding: Tensor, batch: Batch, config: dict[str, Any], rng: random.Random
) -> dict[str, Tensor]:
    """Return the losses of one batch against what is marked in the corpus."""
    return gold_loss(network, states(network, embedding, batch), batch, config, rng)


def gold_loss(
    network: Network,
    found: tuple[Tensor, Tensor],
    batch: Batch,
    config: dict[str, Any],
    rng: random.Random,
) -> dict[str, Tensor]:
    """Return the losses of one batch whose states at the fork and at the last layer are given."""
    forked, last = found
    if batch.examples[0].heads is not None:
        return tree_loss(network, last, batch)
    return article_loss(network, forked, last, batch, config["mix"]["anchors"], rng)


def build(config: dict[str, Any], base: base_weights.Base, data: Data) -> Network:
    """Return the network with the base weights."""
    torch.manual_seed(config["seed"])
    sizes = {name: len(found) for name, found in data.labels.items()}
    network = Network(
        base.config, sizes, depth=config["depth"], fork=config["fork"], dropout=config["dropout"]
    )
    network.load_base(base, config["layers"])
    return network


def train(
    config: dict[str, Any],
    data: Data,
    network: Network,
    work: Path,
    *,
    steps: int,
    decay: int,
    every: int,
    loss: Loss = loss_of,
) -> None:
    """Train to so many steps, from the last checkpoint in ``work`` if there is one.

    Args:
        steps: length of the whole run; the last ``decay`` of them with a falling rate.
        every: steps between checkpoints.
    """
    optim = optimizer(network, config)
    state = work / "state.pt"
    step = 0
    if state.exists():
        saved = torch.load(state, weights_only=False)
        network.load_state_dict(saved["network"])
        optim.load_state_dict(saved["optimizer"])
        step = saved["step"]
        print(f"going on from step {step}", flush=True)
    batches = epochs(data, config, config["seed"])
    for _ in range(step):
        next(batches)
    clip, warmup = config["rates"]["clip"], config["rates"]["warmup"]
    trained = [p for group in optim.param_groups for p in group["params"]]
    network.train()
    sums: dict[str, list[float]] = {}
    began = time.time()
    while step < steps:
        rng = random.Random(f"anchors-{config['seed']}-{step}")
        torch.manual_seed(config["seed"] * 100_003 + step)
        batch = encode(next(batches), data.pieces, Settings())
        losses = loss(network, data.embedding, batch, config, rng)
        total = torch.stack(list(losses.values())).sum()
        optim.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(trained, clip)
        for group in optim.param_groups:
            group["lr"] = group["base"] * rate(step, steps, decay, warmup)
        optim.step()
        step += 1
        for name, value in losses.items():
            sums.setdefault(name, []).append(float(value.detach()))
        if step % 50 == 0:
            means = "  ".join(f"{k} {sum(v) / len(v):.2f}" for k, v in sorted(sums.items()))
            print(f"step {step}  {(time.time() - began) / 50:.2f} s  {means}", flush=True)
            sums, began = {}, time.time()
        if step % every == 0 or step == steps or step == steps - decay:
            level = step <= steps - decay
            save(work / ("state.pt" if level else "decay.pt"), network, optim, step)
    torch.save(network.state_dict(), work / "weights.pt")


def save(path: Path, network: Network, optim: torch.optim.Optimizer, step: int) -> None:
    """Write a checkpoint whole or not at all."""
    part = path.with_suffix(".part")
    content = {"network": network.state_dict(), "optimizer": optim.state_dict(), "step": step}
    torch.save(content, part)
    part.replace(path)


def arguments(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of what every training is told on the command line."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("config", type=Path)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder for the base weights")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--decay", type=int, default=0)
    parser.add_argument("--every", type=int, default=200)
    parser.add_argument(
        "--limit", type=int, help="read so many sentences and articles (smoke test)"
    )
    return parser


def main() -> None:
    """Read the command line and train."""
    args = arguments(__doc__).parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    config = tomllib.loads(args.config.read_text(encoding="utf-8"))
    base = base_weights.read(base_weights.fetch(args.base))
    data = Data(args.corpus, base, args.work, config, args.limit)
    (args.work / "labels.json").write_text(json.dumps(data.labels, ensure_ascii=False, indent=0))
    (args.work / "lemmas.json").write_text(json.dumps(data.lemmas, ensure_ascii=False, indent=0))
    sizes = len(data.articles), len(data.sentences), len(data.marked)
    print("{} articles, {} trees, {} sentences with entities alone".format(*sizes), flush=True)
    network = build(config, base, data)
    train(config, data, network, args.work, steps=args.steps, decay=args.decay, every=args.every)


if __name__ == "__main__":
    main()
