"""Packed files, zip, tar and WARC: whole, cut off, hostile, and in each other."""

import bz2
import gzip
import io
import json
import lzma
import random
import tarfile
import zipfile

import backports.zstd as zstd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from annotate.archive import zips
from annotate.archive.items import Limits
from tests.archive.texts import BUDGET, HARBOUR, TRAIN, read, texts

PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstd.compress}
ROWS = "".join(
    json.dumps({"id": str(n), "text": f"{BUDGET} {random.Random(n).random()}"}) + "\n"
    for n in range(400)
).encode()


def write_zip(path, members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def write_tar(path, members, mode="w"):
    with tarfile.open(path, mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize("suffix", PACKERS)
def test_packed_files(tmp_path, suffix):
    (tmp_path / f"a.txt.{suffix}").write_bytes(PACKERS[suffix](TRAIN.encode()))
    (tmp_path / f"b.jsonl.{suffix}").write_bytes(PACKERS[suffix](ROWS) + PACKERS[suffix](b""))
    articles, failures, _ = read(tmp_path)
    assert not failures
    assert articles[f"a.txt.{suffix}"].text == TRAIN
    assert list(articles)[1:] == [str(n) for n in range(400)]


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_packed_file_that_is_cut_off_gives_what_is_whole_and_one_failure(tmp_path, suffix):
    packed = PACKERS[suffix](ROWS)
    (tmp_path / f"a.jsonl.{suffix}").write_bytes(packed[: len(packed) * 2 // 3])
    (tmp_path / "b.txt").write_text(HARBOUR)
    articles, failures, _ = read(tmp_path)
    assert list(failures) == [f"a.jsonl.{suffix}"]
    assert "damaged or cut off" in failures[f"a.jsonl.{suffix}"].message
    assert articles.popitem()[1].text == HARBOUR
    assert list(articles) == [str(n) for n in range(len(articles))]


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_packed_file_with_wrong_bytes_is_one_failure(tmp_path, suffix):
    (tmp_path / f"a.txt.{suffix}").write_bytes(b"dit is niet ingepakt, echt niet")
    articles, failures, _ = read(tmp_path)
    assert (list(articles), list(failures)) == ([], [f"a.txt.{suffix}"])


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz"])
def test_a_bomb_is_stopped_early(tmp_path, suffix):
    bomb = PACKERS[suffix](b"0" * 30_000_000)
    (tmp_path / f"tekst.txt.{suffix}").write_bytes(bomb)
    (tmp_path / f"regels.jsonl.{suffix}").write_bytes(bomb)
    write_tar(tmp_path / "bom.tar", {f"a.csv.{suffix}": bomb, "goed.txt": TRAIN.encode()})
    limits = Limits(article_bytes=1_000_000, ratio_from=5_000_000)
    articles, failures, _ = read(tmp_path, limits=limits)
    assert list(articles) == ["bom.tar/goed.txt"]
    assert set(failures) - {f"regels.jsonl.{suffix}:1"} == {
        f"bom.tar/a.csv.{suffix}",
        f"regels.jsonl.{suffix}",
        f"tekst.txt.{suffix}",
    }
    assert "bomb" in failures[f"regels.jsonl.{suffix}"].message


def test_zip_of_all_kinds(tmp_path):
    table = io.BytesIO()
    pq.write_table(pa.table({"id": ["p"], "text": [HARBOUR]}), table)
    members = {
        "2024/a.txt": TRAIN,
        "2024/tabel.csv": f'id,text\nc,"{HARBOUR}"\n',
        "rijen.jsonl.gz": gzip.compress(ROWS),
        "t.parquet": table.getvalue(),
        "foto.jpg": b"\xff\xd8",
        "leeg/": b"",
    }
    articles, failures, settings = read(write_zip(tmp_path / "krant.zip", members))
    assert not failures
    assert articles["krant.zip/2024/a.txt"].text == TRAIN
    assert {"399", "p", "c"} <= articles.keys()
    assert len(articles) == 403
    assert settings.ignored == {".jpg": 1}


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_of_all_kinds(tmp_path, mode):
    inner = write_zip(io.BytesIO(), {"x.txt": HARBOUR}).getvalue()
    members = {"a.txt": TRAIN.encode(), "r.jsonl": ROWS, "z.zip": inner}
    name = {"w": "k.tar", "w:gz": "k.tgz", "w:bz2": "k.tar.bz2", "w:xz": "k.txz"}[mode]
    articles, failures, _ = read(write_tar(tmp_path / name, members, mode))
    assert not failures
    assert articles[f"{name}/a.txt"].text == TRAIN
    assert articles[f"{name}/z.zip/x.txt"].text == HARBOUR
    assert len(articles) == 402


def test_a_zip_with_many_members_is_read_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(zips, "PIECE", 7)
    members = {f"{n:03}é.txt": f"Artikel {n}." for n in range(50)}
    path = write_zip(tmp_path / "a.zip", members)
    with path.open("r+b") as stream:  # a program in front of it, as in self-extracting archives
        data = stream.read()
        stream.seek(0)
        stream.write(b"#!/bin/sh\nexit\n" + data)
    articles, failures, _ = read(path)
    assert not failures
    assert texts(articles) == {f"a.zip/{name}": text for name, text in members.items()}


def test_zip64_and_comments(tmp_path, monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.comment = b"gemaakt op maandag"
        for n in range(9):
            with archive.open(f"{n}.txt", "w", force_zip64=True) as stream:
                stream.write(TRAIN.encode())
    articles, failures, _ = read(tmp_path)
    assert (len(articles), failures) == (9, {})


@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_a_zip_that_is_cut_off_is_one_failure(tmp_path, part):
    path = write_zip(tmp_path / "a.zip", {f"{n}.txt": TRAIN for n in range(20)})
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    (tmp_path / "b.txt").write_text(TRAIN)
    articles, failures, _ = read(tmp_path)
    assert (list(articles), list(failures)) == (["b.txt"], ["a.zip"])


def test_a_damaged_member_of_a_zip_costs_itself(tmp_path):
    members = {f"{n}.txt": f"{BUDGET} {n} " * 20 for n in range(5)}
    path = write_zip(tmp_path / "a.zip", members)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("2.txt").header_offset
    data = bytearray(path.read_bytes())
    data[start + 45 : start + 60] = bytes(15)
    path.write_bytes(data)
    articles, failures, _ = read(path)
    assert list(failures) == ["a.zip/2.txt"]
    assert len(articles) == 4


def test_a_tar_that_is_cut_off_gives_what_is_whole(tmp_path):
    path = write_tar(tmp_path / "a.tar", {f"{n}.txt": BUDGET.encode() * 40 for n in range(10)})
    data = path.read_bytes()
    path.write_bytes(data[: 4 * (512 + 3584) + 700])
    articles, failures, _ = read(path)
    assert list(articles) == [f"a.tar/{n}.txt" for n in range(4)]
    assert list(failures) == ["a.tar"]


@pytest.mark.parametrize(
    "name", ["../boven.txt", "/etc/stil.txt", "a/../../b.txt", "..\\b.txt", "C:\\b.txt"]
)
@pytest.mark.parametrize("write", [write_zip, write_tar])
def test_names_that_lead_outside_are_refused(tmp_path, write, name):
    path = write(
        tmp_path / f"a.{write.__name__[6:]}", {name: TRAIN.encode(), "in.txt": BUDGET.encode()}
    )
    articles, failures, _ = read(path)
    assert texts(articles) == {f"{path.name}/in.txt": BUDGET}
    (failure,) = failures.values()
    assert "in the archive" in failure.message


def test_links_devices_and_encrypted_members_are_failures(tmp_path):
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for kind, name in (
            (tarfile.SYMTYPE, "s.txt"),
            (tarfile.LNKTYPE, "h.txt"),
            (tarfile.CHRTYPE, "d.txt"),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    path = write_zip(tmp_path / "b.zip", {"e.txt": TRAIN})
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    articles, failures, _ = read(tmp_path)
    assert not articles
    assert list(failures) == ["a.tar/s.txt", "a.tar/h.txt", "a.tar/d.txt", "b.zip/e.txt"]


def test_a_zip_bomb_is_stopped_by_the_ratio_of_the_whole(tmp_path):
    path = write_zip(tmp_path / "a.zip", {f"{n}.txt": b"0" * 900_000 for n in range(40)})
    limits = Limits(article_bytes=1_000_000, ratio_from=5_000_000)
    articles, failures, _ = read(path, limits=limits)
    assert list(failures) == ["a.zip"]
    assert len(articles) <= 10


def test_archives_too_deep_in_each_other_are_refused(tmp_path):
    data = TRAIN.encode()
    name = "t.txt"
    for _ in range(6):
        data = write_zip(io.BytesIO(), {name: data}).getvalue()
        name = "z.zip"
    (tmp_path / "a.zip").write_bytes(data)
    articles, failures, _ = read(tmp_path)
    (failure,) = failures.values()
    assert not articles
    assert failure.message == "archives lie too deep in each other"


def test_a_zip_inside_another_archive_may_not_fill_the_memory(tmp_path):
    noise = random.Random(1).randbytes(200_000)
    inner = write_zip(io.BytesIO(), {"a.txt": noise}).getvalue()
    path = write_zip(tmp_path / "a.zip", {"z.zip": inner})
    _, failures, _ = read(path, limits=Limits(nested_bytes=100_000))
    assert failures["a.zip/z.zip"].hint == "Unpack it first"


def page(text):
    body = f"<article><h1>Kop</h1><p>{text}</p></article>"
    return f"<html><head><title>Kop</title></head><body>{body}</body></html>"


def write_warc(path, pages, *, packed):
    records = []
    for address, media, status, data in pages:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\n".encode() + data
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
            f"WARC-Date: 2024-05-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{len(records)}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        records.append(gzip.compress(record) if packed else record)
    path.write_bytes(b"".join(records))
    return path


PAGES = [
    ("https://krant.example/1", "text/html; charset=utf-8", "200 OK", page(BUDGET * 4).encode()),
    ("https://krant.example/weg", "text/html", "404 Not Found", page(BUDGET).encode()),
    ("https://krant.example/foto", "image/jpeg", "200 OK", b"\xff\xd8"),
    ("https://krant.example/2", "text/plain", "200 OK", HARBOUR.encode()),
    ("https://krant.example/3", "text/plain", "200 OK", b"x" * 5000),
]


@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
def test_warc_gives_the_pages_with_text(tmp_path, suffix):
    path = write_warc(tmp_path / f"a{suffix}", PAGES, packed=suffix.endswith("gz"))
    articles, failures, settings = read(path, limits=Limits(article_bytes=4000))
    first, second = articles.values()
    assert first.id == "https://krant.example/1 2024-05-01T10:00:00Z"
    assert first.text.count("begroting") == 4
    assert first.metadata["url"] == "https://krant.example/1"
    assert second.text == HARBOUR
    assert list(failures) == ["https://krant.example/3 2024-05-01T10:00:00Z"]
    assert settings.ignored == {"pages without status 200": 1, "pages of type image/jpeg": 1}


@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
def test_a_warc_that_is_cut_off_is_said(tmp_path, suffix):
    path = write_warc(tmp_path / f"a{suffix}", PAGES[:1] + PAGES[3:], packed=suffix.endswith("gz"))
    data = path.read_bytes()
    path.write_bytes(data[:-30] if suffix.endswith("gz") else data[:-3000])
    articles, failures, _ = read(path, limits=Limits(article_bytes=9000))
    assert len(articles) == 2
    assert len(failures) == 1


def test_a_file_that_is_no_warc_is_one_failure(tmp_path):
    (tmp_path / "a.warc").write_text("zomaar wat tekst\n" * 30)
    articles, failures, _ = read(tmp_path)
    assert (list(articles), list(failures)) == ([], ["a.warc"])
