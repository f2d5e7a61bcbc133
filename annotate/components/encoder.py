"""The encoder: one pass over the article, whose states all heads of the model read.

`annotate_encoder` is the component that runs it. The states are kept beside the Doc while it is in this
process: they are never serialised with it, and are freed with it.
"""

from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from annotate.components.pieces import BOS, EOS, Pieces
from annotate.components.storage import Floats, Graph, read_bytes
from annotate.components.units import Unit, split_units
from annotate.components.windows import plan_windows
from annotate.errors import ModelError

LIMIT = 380
"""Most pieces in a window, the ends not counted, as in training."""
OVERLAP = 96
"""Pieces that two windows share where a paragraph is longer than a window."""


class Encoding(NamedTuple):
    """What the encoder says of a Doc.

    Attributes:
        units: the units of the Doc.
        forked: states [units, width] that the search for source and content starts from.
        last: states [units, width] of the last layer.
    """

    units: list[Unit]
    forked: Floats
    last: Floats


class Encoder:
    """Pieces, their vectors, and the graph.

    Args:
        pieces: the vocabulary.
        scales: f16 scales [pieces, blocks] of the vectors.
        nibbles: their packed 4-bit weights [pieces, blocks, 16].
        graph: ``embedded`` -> ``forked``, ``last``.
    """

    def __init__(
        self,
        pieces: Pieces,
        scales: npt.NDArray[np.float16],
        nibbles: npt.NDArray[np.uint8],
        graph: Graph,
    ) -> None:
        self.pieces = pieces
        self.scales = scales
        self.nibbles = nibbles
        self.graph = graph

    @property
    def width(self) -> int:
        """Width of the states."""
        return int(self.scales.shape[1] * 32)

    @classmethod
    def from_disk(cls, folder: Path) -> "Encoder":
        """Read the files that `to_disk` writes.

        Raises:
            ModelError: a file is missing or damaged.
        """
        try:
            pieces = Pieces.from_disk(folder / "vocabulary.txt")
            scales = np.load(folder / "vectors.scales.npy", mmap_mode="r")
            nibbles = np.load(folder / "vectors.nibbles.npy", mmap_mode="r")
        except (OSError, ValueError, EOFError) as error:
            message = f"The model in {folder.parent} is damaged or not whole"
            hint = "Install the model again, or name another with --model"
            raise ModelError(message, hint=hint) from error
        graph = Graph(read_bytes(folder / "encoder.onnx"), str(folder / "encoder.onnx"))
        return cls(pieces, scales, nibbles, graph)

    def to_disk(self, folder: Path) -> None:
        """Write the encoder into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self.pieces.to_disk(folder / "vocabulary.txt")
        np.save(folder / "vectors.scales.npy", self.scales)
        np.save(folder / "vectors.nibbles.npy", self.nibbles)
        (folder / "encoder.onnx").write_bytes(self.graph.content)

    def embed(self, ids: npt.NDArray[np.int64]) -> Floats:
        """Return the vectors [pieces, width] of piece ids."""
        nibbles = self.nibbles[ids]
        weights = np.empty((*nibbles.shape[:2], 32), dtype=np.float32)
        np.bitwise_and(nibbles, 15, out=weights[..., :16], casting="unsafe")
        np.right_shift(nibbles, 4, out=weights[..., 16:], casting="unsafe")
        weights -= 8
        weights *= self.scales[ids].astype(np.float32)[..., None]
        return weights.reshape(len(ids), -1)

    def __call__(self, doc: Doc) -> Encoding:
        """Return the states of all units of a Doc, whatever its length."""
        units = split_units(doc)
        text = doc.text
        width = self.width
        forked = np.zeros((len(units), width), dtype=np.float32)
        last = np.zeros((len(units), width), dtype=np.float32)
        segment = self.pieces.segment
        ids = [segment(text[unit.start : unit.end], unit.space) for unit in units]
        lengths = [len(found) + unit.line_break for found, unit in zip(ids, units, strict=True)]
        breaks = [i for i, unit in enumerate(units) if unit.line_break]
        for window in plan_windows(lengths, breaks, limit=LIMIT, overlap=OVERLAP):
            row, first = [BOS], []
            for i in range(window.start, window.end):
                if units[i].line_break:
                    row.append(EOS)
                first.append(len(row))
                row.extend(ids[i])
            row.append(EOS)
            embedded = self.embed(np.array(row))[None]
            low, high = self.graph.run(embedded=embedded)
            kept = np.array(first)[
                window.keep_start - window.start : window.keep_end - window.start
            ]
            forked[window.keep_start : window.keep_end] = low[0, kept]
            last[window.keep_start : window.keep_end] = high[0, kept]
        return Encoding(units, forked, last)


_beside: WeakKeyDictionary[Doc, Encoding] = WeakKeyDictionary()


def encoding_of(doc: Doc) -> Encoding | None:
    """Return what the component `annotate_encoder` left beside a Doc, None if it did not run."""
    return _beside.get(doc)


def keep_encoding(doc: Doc, encoding: Encoding) -> None:
    """Leave an encoding beside a Doc."""
    _beside[doc] = encoding


class EncoderComponent(Pipe):
    """Run the encoder once for all heads that follow.

    Example:
        >>> import annotate
        >>> nlp = annotate.load().nlp
        >>> nlp.pipe_names[0]
        'annotate_encoder'
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.encoder: Encoder | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Leave the encoding beside the Doc.

        Raises:
            ModelError: the component has no weights yet.
        """
        if self.encoder is None:
            raise ModelError(f"The component {self.name} has no weights", hint=LOAD_HINT)
        keep_encoding(doc, self.encoder(doc))
        return doc

    def to_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write the weights."""
        if self.encoder is not None:
            self.encoder.to_disk(Path(path))

    def from_disk(self, path: Path, *, exclude: tuple[str, ...] = ()) -> "EncoderComponent":
        """Read the weights."""
        self.encoder = Encoder.from_disk(Path(path))
        return self


LOAD_HINT = "Load a whole pipeline, for example with annotate.load() or spacy.load(path)"


@Language.factory("annotate_encoder")
def make_encoder(nlp: Language, name: str) -> EncoderComponent:
    """Create an encoder without weights; `from_disk` brings them."""
    return EncoderComponent(name)
