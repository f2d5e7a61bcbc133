"""An archive of everything that can be wrong: each is one line of the report, the rest goes on."""

import gzip
import io
import json
import os
import sys
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from annotate.archive import confined
from annotate.archive.items import Item, Limits
from annotate.archive.runner import Options, annotate_archive
from annotate.article import Article, Failure
from tests.archive.annotators import rules
from tests.archive.runs import failed, lines
from tests.archive.texts import BUDGET, HARBOUR, TRAIN

PAGE = "<html><head><title>Haven</title><script>var x = 'KWAAD';</script></head><body><article>{}"
PARAGRAPH = f"<p>{HARBOUR} Dat zei hij vrijdag na afloop van het overleg met de wethouder.</p>"


def make_pdf(shown):
    """A PDF whose page shows so many short lines; its bytes are packed."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(595, 842)
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(b"BT /F1 11 Tf 14 TL 50 780 Td\n" + b"(nee) Tj T*\n" * shown + b"ET")
    page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def tar_of(members):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


def zip_of(members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def parquet_of(**columns):
    data = io.BytesIO()
    pq.write_table(pa.table(columns), data)
    return data.getvalue()


def bad_files():
    """Files with something wrong in each, by name."""
    text = TRAIN.encode()
    many = {f"{n}.txt": f"{BUDGET} {n} ".encode() * 40 for n in range(6)}
    rows = "".join(json.dumps({"id": f"g{n}", "text": f"{BUDGET} {n}"}) + "\n" for n in range(300))
    return {
        "afgebroken.zip": zip_of(many)[:-30],
        "afgebroken.tar": tar_of(many)[:9000],
        "afgebroken.jsonl.gz": gzip.compress(rows.encode())[:-200],
        "afgebroken.parquet": parquet_of(text=[TRAIN] * 9)[:-9],
        "namen.zip": zip_of({"../buiten.txt": text, "/wortel.txt": text, "binnen.txt": text}),
        "namen.tar": tar_of({"../buiten.txt": text, "/wortel.txt": text, "binnen.txt": text}),
        "bom.zip": zip_of({"nullen.txt": bytes(60_000_000)}),
        "bom.txt.gz": gzip.compress(bytes(60_000_000)),
        "rafelig.csv": b"id,text\nr1,Een goede rij.\nr2\nr3,a,b,c\nr4,Nog een goede rij.\n",
        "veld.csv": b'id,text\nv1,Voor.\nv2,"' + b"x" * 100_000_000 + b'"\nv3,Na.\n',
        "anders.csv": b"id|tekst\nk1|De raad zegt ja; of nee, dat kan ook.\n",
        "nullen.csv": b"id,text\nn1,Een\0nul.\nn2,Zonder nul.\n",
        "dubbel.jsonl": b'{"id": "d1", "text": "De eerste."}\n{"id": "d1", "text": "De tweede."}\n',
        "script.html": PAGE.format(PARAGRAPH + "<script>alert('KWAAD')</script>").encode(),
        "leeg.pdf": make_pdf(0),
    }


REPORT = {
    "afgebroken.zip": "it is damaged or cut off",
    "afgebroken.tar": "it is damaged or cut off",
    "afgebroken.jsonl.gz": "it is damaged or cut off",
    "afgebroken.parquet": "it is damaged or cut off",
    "namen.zip/../buiten.txt": "its name in the archive leads outside the archive",
    "namen.zip//wortel.txt": "its name in the archive is an absolute path",
    "namen.tar/../buiten.txt": "its name in the archive leads outside the archive",
    "namen.tar//wortel.txt": "its name in the archive is an absolute path",
    "bom.zip": "it unpacks to more than 200 times its size",
    "bom.txt.gz": "it is larger than 10,000,000 bytes",
    "rafelig.csv:3": "the row has 1 columns, the header 2",
    "rafelig.csv:4": "the row has 4 columns, the header 2",
    "veld.csv:3": "it is larger than 10,000,000 bytes",
    "nullen.csv:2": "the row holds NUL characters",
    "d1": "an earlier article has the same id",
    "leeg.pdf": "it holds no text, only pictures of it",
    "lus/terug": "it is a link to a folder that it lies in",
}


def test_each_is_one_line_and_the_rest_goes_on(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in bad_files().items():
        (folder / name).write_bytes(data)
    (folder / "lus").mkdir()
    (folder / "lus" / "terug").symlink_to(folder)
    (folder / "lus" / "goed.txt").write_text(TRAIN)
    before = sorted(path.name for path in tmp_path.iterdir())

    summary = annotate_archive([folder], tmp_path / "out", rules)
    report = failed(tmp_path / "out")
    for name, message in REPORT.items():
        assert report.pop(name).startswith(message), name
    assert not report
    articles = {line["id"]: line["text"] for line in lines(tmp_path / "out")}
    assert (summary.articles, summary.failed) == (len(articles) + len(REPORT), len(REPORT))
    rows = {name for name in articles if name.startswith("g")}
    assert len(rows) >= 100
    assert rows == {f"g{n}" for n in range(len(rows))}
    whole = {"afgebroken.tar/0.txt", "afgebroken.tar/1.txt", "lus/goed.txt", "script.html"}
    whole |= {"namen.zip/binnen.txt", "namen.tar/binnen.txt", "r1", "r4", "v1", "v3", "k1", "n2"}
    assert articles.keys() - rows == whole | {"d1"}
    assert articles["d1"] == "De eerste."
    assert articles["k1"] == "De raad zegt ja; of nee, dat kan ook."
    assert "haven" in articles["script.html"]
    assert "KWAAD" not in articles["script.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*before, "out"])


LINKS = b"<html><body><article>" + b"<a href=x>" * 300_000 + b"De trein rijdt niet. " * 400


@pytest.fixture(scope="module")
def reader():
    """A process that parses documents."""
    made = confined.Reader()
    yield made
    made.close()


def document(kind, data):
    return Item(f"a.{kind}", kind, len(data), data)


@pytest.mark.parametrize(("kind", "data"), [("pdf", make_pdf(400_000)), ("html", LINKS)])
def test_a_document_that_keeps_its_reader_busy_is_one_failure(reader, kind, data):
    found = reader.parse(document(kind, data), Limits(seconds=1))
    assert found == Failure(
        f"a.{kind}",
        "reading it took longer than 1 seconds",
        "Allow more with --max-read-seconds",
    )
    good = reader.parse(document("html", PAGE.format(PARAGRAPH).encode()), Limits())
    assert isinstance(good, Article)


class Deadly:
    """Ends the process that reads it."""

    def __reduce__(self):
        return os._exit, (3,)


def test_a_document_that_kills_its_reader_is_one_failure(reader):
    item = Item("a.pdf", "pdf", 1, b"x", metadata={"dood": Deadly()})
    found = reader.parse(item, Limits())
    assert (found.id, found.message) == ("a.pdf", "the process that read it died")
    assert isinstance(reader.parse(document("markdown", b"# Kop"), Limits()), Article)


def test_a_reader_that_was_killed_between_two_documents_costs_nothing(reader):
    assert isinstance(reader.parse(document("markdown", b"# Een"), Limits()), Article)
    if sys.platform == "linux":
        limits = Path(f"/proc/{reader._process.pid}/limits").read_text()
        assert f"Max address space         {confined.MEMORY}" in limits
    reader._process.kill()
    assert reader.parse(document("markdown", b"# Twee"), Limits()).text == "Twee"


def test_in_a_run_the_article_behind_it_is_annotated(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.pdf").write_bytes(make_pdf(400_000))
    (tmp_path / "in" / "b.md").write_text(f"# Haven\n\n{HARBOUR}\n")
    options = Options(limits=Limits(seconds=1), dedupe=True)
    summary = annotate_archive([tmp_path / "in"], tmp_path / "out", rules, options=options)
    assert failed(tmp_path / "out") == {"a.pdf": "reading it took longer than 1 seconds"}
    assert (summary.articles, summary.failed) == (2, 1)
    assert [line["id"] for line in lines(tmp_path / "out")] == ["b.md"]
