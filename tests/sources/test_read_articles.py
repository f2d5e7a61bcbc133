"""Files, folders, patterns and standard input."""

import io
import os
import sys
from pathlib import Path

import pytest

from annotate.article import Article, Failure
from annotate.errors import UsageError
from annotate.sources import read_articles

TEXT = "De brug is dicht. Dat meldt de gemeente."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def ids(*paths: str | Path) -> list[str]:
    return [found.id for found in read_articles([str(path) for path in paths])]


def failure(*paths: str | Path) -> Failure:
    [found] = read_articles([str(path) for path in paths])
    assert isinstance(found, Failure)
    return found


def test_a_file(here: Path) -> None:
    path = write(here / "a" / "brug.txt", f"\ufeffBrug dicht\r\n\r\n{TEXT}\r\n")
    [article] = read_articles([str(path)])
    assert isinstance(article, Article)
    assert article.id == "brug.txt"
    assert article.text == f"Brug dicht\n\n{TEXT}\n"
    assert article.title == "Brug dicht"
    assert article.metadata == {"file": path.as_posix()}
    assert article.warnings == ()


def test_the_date_of_the_file_is_never_the_date_of_the_article(here: Path) -> None:
    os.utime(write(here / "a.txt"), (0, 0))
    [article] = read_articles(["a.txt"])
    assert isinstance(article, Article)
    assert article.date is None


def test_a_given_date_goes_before_the_header(here: Path) -> None:
    write(here / "a.txt", f"date 2024-02 {TEXT}")
    for date, expected in ((None, "2024-02"), ("2023-11-05", "2023-11-05")):
        [article] = read_articles(["a.txt"], date=date)
        assert isinstance(article, Article)
        assert (article.date, article.text) == (expected, TEXT)


@pytest.mark.parametrize("kwargs", [{"date": "gisteren"}, {"date": "2024-13"}, {"limit": -1}])
def test_wrong_options_are_said_before_anything_is_read(kwargs: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        read_articles(["nergens.txt"], **kwargs)  # type: ignore[arg-type]


def test_a_folder_is_read_with_its_subfolders_in_order_of_name(here: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.TXT", "c/1.txt", "a.txt", "lees mij.txt"):
        write(here / "map" / name)
    for name in ("a.md", "data.jsonl", ".verborgen.txt", ".git/a.txt", "._a.txt", "txt"):
        write(here / "map" / name)
    expected = ["a/b/c.TXT", "a/z.txt", "a.txt", "b.txt", "c/1.txt", "lees mij.txt"]
    assert ids("map") == expected
    assert ids(here / "map") == expected
    assert ids("./map/") == expected
    assert ids("map/../map") == expected


def test_several_files_keep_the_order_in_which_they_are_given(here: Path) -> None:
    write(here / "b.txt")
    write(here / "map" / "a.txt")
    assert ids("b.txt", "map/a.txt") == ["b.txt", "a.txt"]


def test_ids_stay_unique(here: Path) -> None:
    for name in ("x/a.txt", "y/a.txt", "y/b.txt", "a.txt"):
        write(here / name)
    assert ids("x/a.txt", "y/a.txt") == ["x/a.txt", "y/a.txt"]
    assert ids("x", "y") == ["x/a.txt", "y/a.txt", "y/b.txt"]
    assert ids(here / "x", here / "y") == ["x/a.txt", "y/a.txt", "y/b.txt"]
    assert ids("y", "a.txt") == ["y/a.txt", "y/b.txt", "a.txt"]
    assert ids("x", "y/b.txt") == ["a.txt", "b.txt"]


def test_what_is_named_twice_is_read_once(here: Path) -> None:
    for name in ("x/a.txt", "x/y/b.txt", "x/notes.md"):
        write(here / name)
    assert ids("x/a.txt", "./x/a.txt", here / "x" / "a.txt") == ["a.txt"]
    assert ids("x", "x/", "x/a.txt", "x/y") == ["a.txt", "y/b.txt"]
    assert ids("x", "x/notes.md") == ["a.txt", "y/b.txt", "notes.md"]


def test_patterns_that_the_shell_left_alone(here: Path) -> None:
    for name in ("x/b.txt", "x/a.txt", "x/y/c.txt", "[1].txt"):
        write(here / name)
    assert ids("x/*.txt") == ["a.txt", "b.txt"]
    assert ids("x/**/*.txt") == ["a.txt", "b.txt", "c.txt"]
    assert ids("[1].txt") == ["[1].txt"]  # a name that exists is no pattern
    assert failure("z/*.txt") == Failure(
        "z/*.txt", "no file matches this pattern", "Check the pattern"
    )


@pytest.mark.parametrize("paths", [[], ["-"], ["-", "-"]])
def test_standard_input(paths: list[str]) -> None:
    [article] = read_articles(paths, stdin=io.BytesIO(TEXT.encode()))
    assert isinstance(article, Article)
    assert (article.id, article.text, article.metadata) == ("stdin", TEXT, {})


def test_standard_input_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("utf-16"))))
    [article] = read_articles(["-"])
    assert isinstance(article, Article)
    assert article.text == TEXT


def test_files_and_standard_input_in_the_order_given(here: Path) -> None:
    write(here / "a.txt")
    write(here / "b.txt")
    found = list(read_articles(["b.txt", "-", "a.txt"], stdin=io.BytesIO(b"Hallo daar.")))
    assert [article.id for article in found] == ["b.txt", "stdin", "a.txt"]


def test_one_bad_file_does_not_stop_the_others(here: Path) -> None:
    write(here / "map" / "a.txt")
    write(here / "map" / "b.txt", b"")
    write(here / "map" / "c.txt", b"\0\1\2")
    write(here / "map" / "d.txt", " \r\n\t\n")
    write(here / "map" / "e.txt", "date 2024-02\n")
    write(here / "map" / "f.txt", "\u200b\ufeff\n")
    write(here / "map" / "g.txt", "Één brug is dicht.".encode("cp1252"))
    found = list(read_articles(["map", "nergens.txt"]))
    assert [(f.id, f.message) for f in found if isinstance(f, Failure)] == [
        ("b.txt", "it is empty"),
        ("c.txt", "it holds NUL bytes, so it is binary data, not text"),
        ("d.txt", "it holds only white space"),
        ("e.txt", "it has a header but no text"),
        ("f.txt", "it holds only white space"),
        ("nergens.txt", "there is no such file"),
    ]
    assert [(a.id, a.warnings) for a in found if isinstance(a, Article)] == [
        ("a.txt", ()),
        ("g.txt", ("not valid UTF-8, read as cp1252",)),
    ]


def test_the_limit_counts_what_is_read_and_reads_no_more(here: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(here / name)
    assert [f.id for f in read_articles(["."], limit=2)] == ["a.txt", "b.txt"]
    assert list(read_articles(["."], limit=0)) == []
    stream = io.BytesIO(TEXT.encode())
    assert len(list(read_articles(["a.txt", "-"], limit=1, stdin=stream))) == 1
    assert stream.tell() == 0


def test_a_folder_without_text_files(here: Path) -> None:
    write(here / "map" / "a.md")
    assert failure("map") == Failure(
        "map", "the folder holds no .txt files", "Name the files, or another folder"
    )


@pytest.mark.parametrize("name", ["", "nergens.txt", "map/nergens", "a\0b", "a\0*"])
def test_a_missing_file(here: Path, name: str) -> None:
    found = failure(name)
    assert found.id == (name or "(no name)")
    assert found.message == "there is no such file"


def test_another_suffix_is_read_if_it_is_named(here: Path) -> None:
    write(here / "brug.md")
    assert ids("brug.md") == ["brug.md"]


def test_links_that_lead_in_circles(here: Path) -> None:
    write(here / "map" / "a.txt")
    write(here / "map" / "sub" / "b.txt")
    write(here / "elders" / "c.txt")
    (here / "map" / "sub" / "rond").symlink_to(here / "map")
    (here / "map" / "omhoog").symlink_to(here)
    (here / "map" / "zelfde").symlink_to(here / "map" / "sub")
    (here / "map" / "uit").symlink_to(here / "elders")
    (here / "map" / "uit2").symlink_to(here / "elders")
    (here / "elders" / "terug").symlink_to(here / "map")
    (here / "map" / "naam.txt").symlink_to(here / "map" / "a.txt")
    assert ids("map") == ["a.txt", "naam.txt", "sub/b.txt", "uit/c.txt"]


def test_links_that_lead_nowhere(here: Path) -> None:
    write(here / "map" / "a.txt")
    (here / "map" / "lus.txt").symlink_to(here / "map" / "lus.txt")
    (here / "map" / "weg.txt").symlink_to(here / "map" / "nergens.txt")
    (here / "map" / "lus").symlink_to(here / "map" / "lus")
    found = [f for f in read_articles(["map"]) if isinstance(f, Failure)]
    assert found == [
        Failure("lus.txt", "it is a symbolic link that leads back to itself"),
        Failure("weg.txt", "there is no such file"),
    ]
    assert failure("map/lus.txt").message == "it is a symbolic link that leads back to itself"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in this file system")
def test_a_pipe_in_a_folder_is_not_waited_for(here: Path) -> None:
    (here / "map").mkdir()
    os.mkfifo(here / "map" / "pijp.txt")
    assert failure("map") == Failure("pijp.txt", "it is not a regular file")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root"
)
def test_what_must_not_be_read(here: Path) -> None:
    write(here / "map" / "a.txt").chmod(0)
    write(here / "map" / "dicht" / "b.txt")
    (here / "map" / "dicht").chmod(0)
    try:
        found = list(read_articles(["map"]))
    finally:
        (here / "map" / "dicht").chmod(0o700)
    assert found == [
        Failure("a.txt", "it cannot be read: permission denied"),
        Failure("dicht", "the folder cannot be read: permission denied"),
    ]


def test_errors_of_the_system_are_failures(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / "a.txt")
    write(here / "b" / "c.txt")

    def forbidden(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    monkeypatch.setattr(Path, "iterdir", forbidden)
    assert failure("a.txt").message == "it cannot be read: permission denied"
    assert list(read_articles(["b"])) == [
        Failure("b", "the folder cannot be read: permission denied")
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are Unicode there")
def test_file_names_that_are_not_utf8(here: Path) -> None:
    write(Path(os.fsdecode(os.fsencode(here / "map") + b"/caf\xe9.txt")))
    [article] = read_articles(["map"])
    assert article.id == "caf\\xe9.txt"
    assert isinstance(article, Article)
    assert article.metadata["file"].encode() == b"map/caf\\xe9.txt"


def test_a_file_too_large_for_one_article(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotate.sources.articles.MAX_BYTES", 1 << 20)
    write(here / "a.txt", "a" * ((1 << 20) + 1))
    assert failure("a.txt").message == "it is larger than 1 MB, too much for one article"
