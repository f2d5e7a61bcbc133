"""Folders: the order, the ids, what is left out, and links that go round in circles."""

import os
from pathlib import Path

import pytest

from annotate.archive.items import Limits
from annotate.errors import UsageError
from tests.archive.texts import BUDGET, HARBOUR, TRAIN, read, texts


def test_a_folder_is_read_in_the_order_of_names_with_relative_ids(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text(BUDGET)
    (tmp_path / "c.txt").write_text(HARBOUR)
    (tmp_path / "a.txt").write_text(TRAIN)
    articles, failures, _ = read(tmp_path)
    assert list(texts(articles).items()) == [
        ("a.txt", TRAIN),
        ("b/2.txt", BUDGET),
        ("c.txt", HARBOUR),
    ]
    assert not failures
    assert articles["b/2.txt"].metadata == {"file": "b/2.txt"}


def test_two_folders_with_the_same_names_keep_their_articles_apart(tmp_path):
    for paper in ("courant", "bode"):
        (tmp_path / paper).mkdir()
        (tmp_path / paper / "1.txt").write_text(TRAIN)
    articles, failures, _ = read(tmp_path / "courant", tmp_path / "bode")
    assert list(articles) == ["courant/1.txt", "bode/1.txt"]
    assert not failures


def test_other_files_are_counted_and_hidden_ones_are_not_looked_at(tmp_path):
    for name in ("foto.jpg", "logo.JPG", "notitie", ".verborgen.txt", "a.txt"):
        (tmp_path / name).write_text(TRAIN)
    articles, failures, settings = read(tmp_path)
    assert list(articles) == ["a.txt"]
    assert not failures
    assert settings.ignored == {".jpg": 2, "no suffix": 1}


def test_a_file_without_a_known_suffix_is_text_when_it_is_named_itself(tmp_path):
    (tmp_path / "notitie").write_text(TRAIN)
    assert texts(read(tmp_path / "notitie")[0]) == {"notitie": TRAIN}


def test_the_folder_that_is_written_to_is_not_read(tmp_path):
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit" / "oud.txt").write_text(BUDGET)
    (tmp_path / "a.txt").write_text(TRAIN)
    assert list(read(tmp_path, exclude=tmp_path / "uit")[0]) == ["a.txt"]


def test_a_loop_of_links_is_one_failure(tmp_path):
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "a.txt").write_text(TRAIN)
    (tmp_path / "map" / "terug").symlink_to(tmp_path)
    articles, failures, _ = read(tmp_path)
    assert list(articles) == ["map/a.txt"]
    assert [(f.id, f.message) for f in failures.values()] == [
        ("map/terug", "it is a link to a folder that it lies in")
    ]


def test_a_link_that_leads_nowhere_and_a_pipe_are_failures(tmp_path):
    (tmp_path / "weg.txt").symlink_to(tmp_path / "bestaat-niet")
    os.mkfifo(tmp_path / "pijp.txt")
    (tmp_path / "zelf.txt").symlink_to(tmp_path / "zelf.txt")
    (tmp_path / "a.txt").write_text(TRAIN)
    articles, failures, _ = read(tmp_path)
    assert list(articles) == ["a.txt"]
    assert list(failures) == ["pijp.txt", "weg.txt", "zelf.txt"]


def test_a_file_larger_than_allowed_is_a_failure_and_is_not_read(tmp_path):
    (tmp_path / "groot.txt").write_text("woord " * 1000)
    (tmp_path / "klein.txt").write_text(TRAIN)
    articles, failures, _ = read(tmp_path, limits=Limits(article_bytes=1000))
    assert list(articles) == ["klein.txt"]
    assert failures["groot.txt"].message == "it is larger than 1,000 bytes"
    assert "--max-article-bytes" in failures["groot.txt"].hint


def test_a_header_and_odd_bytes_are_left_to_the_parser_of_articles(tmp_path):
    (tmp_path / "a.txt").write_bytes(
        "Datum: 3 mei 2024\nKop: Café\n\nDe ministers".encode("cp1252")
    )
    article = read(tmp_path)[0]["a.txt"]
    assert (article.date, article.title, article.text) == ("2024-05-03", "Café", "De ministers")


def test_a_name_that_is_no_unicode_is_written_with_escapes(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9\x1b.txt"
    Path(os.fsdecode(path)).write_text(TRAIN)
    (name,) = read(tmp_path)[0]
    assert name == "caf\\xe9\\x1b.txt"


@pytest.mark.parametrize("inputs", [[], ["bestaat-niet"]])
def test_nothing_to_read_is_wrong_usage(inputs):
    with pytest.raises(UsageError):
        read(*inputs)
