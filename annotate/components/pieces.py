"""Word pieces of the encoder: unigram segmentation of one unit at a time.

The vocabulary is that of XLM-R (Conneau et al. 2020), pruned; the segmentation is the Viterbi search of
the unigram language model (Kudo 2018), over one unit, so that no piece crosses a word.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

PAD, BOS, EOS, UNK = 1, 0, 2, 3
"""Ids of the special pieces: padding, start of a window, end of a paragraph or window, unknown."""
UNIT_LIMIT = 24
"""Pieces kept of one unit: a unit of 5,000 characters must not fill a window."""
_CHARACTERS = 200
_SPACE = "▁"
_PENALTY = 10.0


class Pieces:
    """The vocabulary and its segmentation.

    Args:
        pieces: the pieces, in the order of their ids; the first four are special.
        scores: their log probabilities.
    """

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self.pieces = list(pieces)
        self.scores = list(scores)
        self.ids = {piece: i for i, piece in enumerate(self.pieces) if i > UNK}
        self.longest = max((len(piece) for piece in self.ids), default=1)
        self._unknown = min(self.scores[UNK + 1 :], default=0.0) - _PENALTY
        self.segment = lru_cache(maxsize=65536)(self._segment)

    def __reduce__(self) -> tuple[type["Pieces"], tuple[list[str], list[float]]]:
        return type(self), (self.pieces, self.scores)

    @classmethod
    def from_disk(cls, path: Path) -> "Pieces":
        """Read a vocabulary file: a piece, a tab and its score a line, UTF-8."""
        pieces, scores = [], []
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line:
                piece, _, score = line.rpartition("\t")
                pieces.append(piece)
                scores.append(float(score))
        return cls(pieces, scores)

    def to_disk(self, path: Path) -> None:
        """Write the file that `from_disk` reads."""
        lines = (f"{p}\t{s:g}\n" for p, s in zip(self.pieces, self.scores, strict=True))
        path.write_text("".join(lines), encoding="utf-8")

    def _segment(self, unit: str, space: bool) -> tuple[int, ...]:
        """Return the ids of the best segmentation of one unit, at least one and at most UNIT_LIMIT."""
        text = unicodedata.normalize("NFKC", unit[:_CHARACTERS]).replace(" ", "")
        text = _SPACE + text if space else text
        size = len(text)
        best = [0.0] + [float("-inf")] * size
        back: list[tuple[int, int]] = [(0, UNK)] * (size + 1)
        for start in range(size):
            base = best[start]
            for end in range(start + 1, min(size, start + self.longest) + 1):
                piece = self.ids.get(text[start:end])
                if piece is not None:
                    score = base + self.scores[piece]
                elif end == start + 1:
                    piece, score = UNK, base + self._unknown
                else:
                    continue
                if score > best[end]:
                    best[end], back[end] = score, (start, piece)
        ids: list[int] = []
        end = size
        while end > 0:
            end, piece = back[end]
            if not (piece == UNK and ids and ids[-1] == UNK):
                ids.append(piece)
        ids.reverse()
        return tuple(ids[:UNIT_LIMIT]) or (UNK,)
