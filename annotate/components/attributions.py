"""Attributions: cues and cue-less quotes, and around each of them its source and its content."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span, SpanGroup

from annotate.components import scheme
from annotate.components.decoding import best_tags_of_each, log_softmax, spans
from annotate.components.encoder import Encoder, Encoding, encoding_of
from annotate.components.quotation import attribution_type
from annotate.components.storage import (
    REINSTALL,
    Floats,
    Graph,
    read_arrays,
    read_bytes,
    write_arrays,
)
from annotate.components.units import Unit
from annotate.errors import ModelError

KEY = "annotate_attributions"
"""Span group whose ``attrs["attributions"]`` holds the attributions."""
BATCH = 4
"""Anchors whose roles are sought at once: more are no faster on a CPU and take more memory."""
Spans = list[tuple[int, int]]


class FoundAttribution(NamedTuple):
    """One attribution in character offsets.

    Attributes:
        source, cue, content: spans in text order; source and cue may be empty.
        confidence: 0 to 1.
        rule: the head or rule that found it.
    """

    source: Spans
    cue: Spans
    content: Spans
    type: str
    act: str
    polarity: str
    confidence: float
    rule: str


class _Anchor(NamedTuple):
    unit: int
    kind: int
    act: int
    polarity: int
    confidence: float


class AttributionFinder(Pipe):
    """Find who says what.

    Works behind `annotate_encoder`, and as well in any other Dutch pipeline: then it runs an encoder of its
    own, that of the shipped model, and saves it with the pipeline.

    The attributions stand in ``doc.spans["annotate_attributions"]``: its spans, labelled SOURCE, CUE and
    CONTENT, as whole tokens with the number of the attribution as id, its
    ``attrs["attributions"]`` the exact character spans.

    Args:
        threshold: probability of an anchor from which on an attribution is kept.
    """

    def __init__(self, name: str, *, threshold: float) -> None:
        self.name = name
        self.threshold = threshold
        self.arrays: dict[str, Floats] = {}
        self.roles: Graph | None = None
        self.encoder: Encoder | None = None

    def find(self, doc: Doc) -> Iterator[FoundAttribution]:
        """Yield the attributions of a Doc in the order of their anchors; does not touch the Doc.

        Raises:
            ModelError: the component has no weights and the shipped model cannot be read.
        """
        encoding = self._encoding(doc)
        if not encoding.units:
            return
        anchors = self.anchors(encoding.last)
        for begin in range(0, len(anchors), BATCH):
            some = anchors[begin : begin + BATCH]
            scores = self.role_scores(encoding.forked, some)
            yield from self._decode(doc, encoding.units, some, *scores)

    def anchors(self, last: Floats) -> list[_Anchor]:
        """Return the units on which an attribution hangs, from states [units, width]."""
        chances = np.exp(log_softmax(self._linear("cue", last)))
        picked = np.flatnonzero(1 - chances[:, 0] >= self.threshold)
        if not len(picked):
            return []
        kinds = 1 + chances[picked, 1:].argmax(axis=1)
        acts = self._linear("act", last[picked]).argmax(axis=1)
        signs = self._linear("polarity", last[picked]).argmax(axis=1)
        return [
            _Anchor(int(unit), int(kind), int(act), int(sign), float(1 - chances[unit, 0]))
            for unit, kind, act, sign in zip(picked, kinds, acts, signs, strict=True)
        ]

    def role_scores(
        self, forked: Floats, anchors: Sequence[_Anchor]
    ) -> tuple[Floats, npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
        """Return log probabilities [anchors, context, tags], their mask, and the units they belong to."""
        offsets = np.arange(-scheme.LEFT, scheme.RIGHT + 1)
        units = np.array([anchor.unit for anchor in anchors])[:, None] + offsets
        mask = (units >= 0) & (units < len(forked))
        used = np.flatnonzero(mask.any(axis=0))
        near, far = used[0], used[-1] + 1
        units, mask, offsets = units[:, near:far], mask[:, near:far], offsets[near:far]
        distance = offsets.clip(-scheme.REACH, scheme.REACH) + scheme.REACH
        states = forked[units.clip(0, len(forked) - 1)] + self.arrays["roles.distance"][distance]
        kinds = np.array([anchor.kind - 1 for anchor in anchors])
        states[:, int(np.flatnonzero(offsets == 0)[0])] += self.arrays["roles.anchor"][kinds]
        if self.roles is None:
            raise ModelError(f"The component {self.name} has no weights")
        (tags,) = self.roles.run(states=states, mask=mask.astype(np.int32))
        return log_softmax(tags), mask, units

    def _decode(
        self,
        doc: Doc,
        units: list[Unit],
        anchors: Sequence[_Anchor],
        logs: Floats,
        mask: npt.NDArray[np.bool_],
        rows: npt.NDArray[np.int64],
    ) -> Iterator[FoundAttribution]:
        text = doc.text
        best = best_tags_of_each(logs, mask, scheme.ROLE_TAGS)
        cue_tag = scheme.ROLE_TAGS.index("CUE")
        for anchor, tags, scores, row in zip(anchors, best, logs, rows, strict=True):
            found = spans(tags.tolist(), scores, scheme.ROLE_TAGS)
            contents = [x for x in found if x.label == "CONTENT"]
            sources = [x for x in found if x.label == "SOURCE"]
            if not contents:
                continue
            source = max(sources, key=lambda x: x.confidence, default=None)
            cues = [int(row[i]) for i in np.flatnonzero(tags == cue_tag)]
            cue = sorted({anchor.unit, *cues}) if anchor.kind == 1 else []
            content = trimmed(text, [_chars(units, row, x.start, x.end) for x in contents])
            if not content:
                continue
            sure = np.exp(
                np.mean([np.log(x.confidence + 1e-9) for x in (*contents, *sources)] or [0.0])
            )
            yield FoundAttribution(
                [_chars(units, row, source.start, source.end)] if source else [],
                [_chars(units, range(len(units)), a, b) for a, b in _runs(cue)],
                content,
                attribution_type(text, content),
                scheme.ACT_TAGS[anchor.act],
                scheme.POLARITY_TAGS[anchor.polarity],
                float(anchor.confidence * sure),
                "cue-head" if anchor.kind == 1 else "quote-head",
            )

    def __call__(self, doc: Doc) -> Doc:
        """Set the span group."""
        store_attributions(doc, list(self.find(doc)))
        return doc

    def _linear(self, name: str, states: Floats) -> Floats:
        result: Floats = states @ self.arrays[f"{name}.weight"].T + self.arrays[f"{name}.bias"]
        return result

    def _encoding(self, doc: Doc) -> Encoding:
        if not self.arrays:
            self._borrow()
        encoding = encoding_of(doc)
        if encoding is not None:
            return encoding
        if self.encoder is None:
            self._borrow()
        if self.encoder is None:
            raise ModelError(f"The component {self.name} has no encoder")
        return self.encoder(doc)

    def _borrow(self) -> None:
        """Take weights and encoder from the shipped model."""
        from annotate.shipped import DEFAULT, model_path

        folder = model_path(DEFAULT)
        self.encoder = Encoder.from_disk(folder / "annotate_encoder")
        self._read(folder / "annotate_attributions")

    def _read(self, path: Path) -> None:
        self.arrays = read_arrays(path / "heads.npz")
        self.roles = Graph(read_bytes(path / "roles.onnx"), str(path / "roles.onnx"))

    def to_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write the weights, and the encoder where the component runs its own."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        if self.roles is not None:
            write_arrays(path / "heads.npz", self.arrays)
            (path / "roles.onnx").write_bytes(self.roles.content)
        if self.encoder is not None:
            self.encoder.to_disk(path / "encoder")

    def from_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> "AttributionFinder":
        """Read what `to_disk` wrote."""
        path = Path(path)
        if not path.exists():
            message = f"The model in {path.parent} is not whole: {path.name} is missing"
            raise ModelError(message, hint=REINSTALL)
        if (path / "heads.npz").exists():
            self._read(path)
        if (path / "encoder").exists():
            self.encoder = Encoder.from_disk(path / "encoder")
        return self


def trimmed(text: str, pieces: Sequence[tuple[int, int]]) -> Spans:
    """Return pieces of a content without white space, comma or full stop at their edges.

    A full stop inside closing quotation marks stays, and so does that of an abbreviation in the middle, and
    two commas that open a quote (,,Ja'').
    """
    result = []
    for start, end in pieces:
        while start < end and (text[start].isspace() or text[start] in ",;:"):
            if text.startswith(",,", start):
                break
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",.;:"):
            end -= 1
        if any(c.isalnum() for c in text[start:end]):
            result.append((start, end))
    return result


def _chars(
    units: list[Unit], row: "npt.NDArray[np.int64] | range", start: int, end: int
) -> tuple[int, int]:
    return units[row[start]].start, units[row[end - 1]].end


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of successive numbers."""
    start = 0
    for i in range(1, len(numbers) + 1):
        if i == len(numbers) or numbers[i] != numbers[i - 1] + 1:
            yield numbers[start], numbers[i - 1] + 1
            start = i


def store_attributions(doc: Doc, found: Sequence[FoundAttribution]) -> None:
    """Write attributions to the span group."""
    marked: list[Span] = []
    records: list[dict[str, Any]] = []
    for number, attribution in enumerate(found):
        for label in ("source", "cue", "content"):
            for start, end in getattr(attribution, label):
                span = doc.char_span(start, end, label.upper(), alignment_mode="expand")
                if span is not None:
                    span.id_ = str(number)
                    marked.append(span)
        record = attribution._asdict()
        record["confidence"] = round(attribution.confidence, 4)
        records.append(record)
    doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=marked, attrs={"attributions": records})


def stored_attributions(doc: Doc) -> list[FoundAttribution]:
    """Return the attributions of a Doc, none where the component did not run."""
    if KEY not in doc.spans:
        return []
    found = []
    for record in doc.spans[KEY].attrs["attributions"]:
        spans_of = {
            name: [(int(s), int(e)) for s, e in record[name]]
            for name in ("source", "cue", "content")
        }
        found.append(FoundAttribution(**{**record, **spans_of}))
    return found


@Language.factory("annotate_attributions", assigns=["doc.spans"], default_config={"threshold": 0.3})
def make_attributions(nlp: Language, name: str, threshold: float) -> AttributionFinder:
    """Create the component; it borrows the weights of the shipped model where none are loaded."""
    return AttributionFinder(name, threshold=threshold)
