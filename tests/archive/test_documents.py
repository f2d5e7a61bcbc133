"""Markdown, HTML, Word and PDF: text and sections, and files that hold no text."""

import io
import sys

import docx
import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from annotate.archive.pdf import join_lines
from tests.archive.texts import BUDGET, HARBOUR, TRAIN, read


def kinds(article):
    return [(s.kind, article.text[s.start : s.end]) for s in article.sections]


def test_markdown_loses_its_marks_and_keeps_its_headings(tmp_path):
    (tmp_path / "a.md").write_text(
        "---\ndatum: 2024-05-03\nauteur: Bo Bos\n---\n\n# Geen *trein*\n\nDe **trein** rijdt\n"
        "niet, zegt [ProRail](https://prorail.example).\n\n- Een bus.\n- Een taxi.\n"
        "![foto](x.jpg)\n\n> „Wij wachten.”\n\n| a | b |\n|---|---|\n| c | d |\n"
    )
    article = read(tmp_path)[0]["a.md"]
    assert article.date == "2024-05-03"
    assert article.metadata["author"] == "Bo Bos"
    assert article.title == "Geen trein"
    assert kinds(article) == [
        ("heading", "Geen trein"),
        ("paragraph", "De trein rijdt niet, zegt ProRail."),
        ("paragraph", "Een bus."),
        ("paragraph", "Een taxi."),
        ("paragraph", "„Wij wachten.”"),
        *(("paragraph", cell) for cell in "abcd"),
    ]


HTML = f"""<!doctype html><html><head><title>Haven open | De Bode</title>
<meta name="author" content="Bo Bos">
<meta property="article:published_time" content="2024-05-03T09:00:00+02:00">
<script>var tekst = "dit is geen artikel";</script></head>
<body><nav><a href="/">Voorpagina</a><a href="/sport">Sport</a></nav>
<article><h1>Haven blijft open</h1><p>{HARBOUR} Dat zei hij vrijdag na afloop van het overleg.</p>
<script>alert("kwaad")</script><style>p {{ color: red }}</style>
<h2>Begroting</h2><p>{BUDGET}</p></article><footer>Alle rechten voorbehouden</footer></body></html>"""


def test_html_gives_text_title_date_and_author_without_scripts(tmp_path):
    (tmp_path / "a.html").write_text(HTML)
    article = read(tmp_path)[0]["a.html"]
    assert (article.title, article.date) == ("Haven blijft open", "2024-05-03")
    assert article.metadata["author"] == "Bo Bos"
    assert kinds(article) == [
        ("heading", "Haven blijft open"),
        ("paragraph", f"{HARBOUR} Dat zei hij vrijdag na afloop van het overleg."),
        ("heading", "Begroting"),
        ("paragraph", BUDGET),
    ]


@pytest.mark.parametrize(
    "page", ["<html><body><script>1</script></body></html>", "<", "", "\0\1\2"]
)
def test_a_page_without_an_article_is_a_failure(tmp_path, page):
    (tmp_path / "a.html").write_text(page)
    articles, failures, _ = read(tmp_path)
    assert (list(articles), list(failures)) == ([], ["a.html"])


def test_word_styles_say_which_paragraphs_are_headings(tmp_path):
    document = docx.Document()
    document.core_properties.title = "Haven blijft open"
    document.core_properties.author = "Bo Bos"
    document.add_heading("Haven blijft open", 0)
    document.add_paragraph(HARBOUR)
    document.add_heading("Begroting", 1)
    document.add_paragraph("")
    document.add_paragraph(BUDGET)
    document.add_table(1, 2).rows[0].cells[1].text = "In de tabel."
    document.save(tmp_path / "a.docx")
    article = read(tmp_path)[0]["a.docx"]
    assert article.title == "Haven blijft open"
    assert article.metadata["author"] == "Bo Bos"
    assert kinds(article) == [
        ("heading", "Haven blijft open"),
        ("paragraph", HARBOUR),
        ("heading", "Begroting"),
        ("paragraph", BUDGET),
        ("paragraph", "In de tabel."),
    ]


def test_a_word_document_that_is_cut_off_is_a_failure(tmp_path):
    document = docx.Document()
    document.add_paragraph(TRAIN)
    buffer = io.BytesIO()
    document.save(buffer)
    (tmp_path / "a.docx").write_bytes(buffer.getvalue()[:3000])
    articles, failures, _ = read(tmp_path)
    assert (list(articles), list(failures)) == ([], ["a.docx"])


def write_pdf(path, lines, *, password=None):
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    shown = "".join(f"({line}) Tj T*\n" for line in lines)
    content.set_data(f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET".encode("cp1252"))
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.add_metadata({"/Title": "Haven blijft open", "/Author": "Bo Bos"})
    if password:
        writer.encrypt(password)
    writer.write(path)


def test_a_pdf_gives_its_text_as_paragraphs(tmp_path):
    lines = [
        "Haven blijft open",
        "De burgemeester van Vlissingen zegt dat de haven be-",
        "reikbaar blijft. Dat heeft hij vrijdag na afloop van het",
        "overleg gezegd.",
        "Wethouder Prins is het daar helemaal niet mee eens, want",
        "de begroting klopt niet.",
    ]
    write_pdf(tmp_path / "a.pdf", lines)
    article = read(tmp_path)[0]["a.pdf"]
    assert article.title == "Haven blijft open"
    assert article.metadata["author"] == "Bo Bos"
    assert article.text.split("\n\n") == [
        "Haven blijft open",
        "De burgemeester van Vlissingen zegt dat de haven bereikbaar blijft. Dat heeft hij vrijdag"
        " na afloop van het overleg gezegd.",
        "Wethouder Prins is het daar helemaal niet mee eens, want de begroting klopt niet.",
    ]


def test_lines_keep_hyphens_before_a_capital():
    assert list(join_lines(["De delegatie van de Noord-", "Koreaanse leider kwam aan."])) == [
        "De delegatie van de Noord- Koreaanse leider kwam aan."
    ]


def test_pdfs_without_text_encrypted_or_cut_off_are_failures(tmp_path):
    write_pdf(tmp_path / "leeg.pdf", [])
    write_pdf(tmp_path / "slot.pdf", ["Geheim."], password="wachtwoord")
    write_pdf(tmp_path / "heel.pdf", ["Een hele zin, zei hij."])
    data = (tmp_path / "heel.pdf").read_bytes()
    (tmp_path / "half.pdf").write_bytes(data[: len(data) // 2])
    (tmp_path / "geen.pdf").write_bytes(b"geen pdf")
    articles, failures, _ = read(tmp_path)
    assert list(articles) == ["heel.pdf"]
    assert list(failures) == ["geen.pdf", "half.pdf", "leeg.pdf", "slot.pdf"]
    assert "OCR" in failures["leeg.pdf"].hint
    assert failures["slot.pdf"].message == "it is encrypted"


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("a.html", "trafilatura"),
        ("a.pdf", "pypdf"),
        ("a.docx", "docx"),
        ("a.parquet", "pyarrow.parquet"),
        ("a.warc", "warcio.archiveiterator"),
        ("a.txt.zst", "backports.zstd"),
    ],
)
def test_an_absent_package_is_named_with_the_way_to_get_it(tmp_path, monkeypatch, name, module):
    (tmp_path / name).write_bytes(b"x" * 100)
    document = docx.Document()
    if name == "a.docx":
        document.save(tmp_path / name)
    monkeypatch.setitem(sys.modules, module, None)
    articles, failures, _ = read(tmp_path)
    assert not articles
    assert f"needs the package '{module.split('.')[0]}'" in failures[name].message
    assert failures[name].hint == "Run: pip install 'annotate-nl[archive]'"
