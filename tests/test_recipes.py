"""The recipes of docs/recipes.md and the shell and Python blocks of the tour run as they stand."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.conftest import ROOT

RECIPES = ROOT / "docs" / "recipes.md"
ARTICLES = ("kim-aurus", "statiegeld")
PROGRAMS = {"jq": "jq", "make": "make", "sqlite-utils": "sqlite-utils", "datasette": "datasette"}


def blocks(path):
    """Language and code of the fenced blocks under each heading of the second level."""
    found, title = {}, ""
    tokens = MarkdownIt().parse(path.read_text("utf-8"))
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            title = tokens[place + 1].content
        elif token.type == "fence":
            found.setdefault(title, []).append((token.info, token.content))
    return found


FOUND = blocks(RECIPES)
NAMES = [title for title in FOUND if title]


def test_there_are_ten_recipes():
    assert [title.split(".")[0] for title in NAMES] == [str(n) for n in range(1, 11)]
    assert {language for part in FOUND.values() for language, _ in part} == {
        "sh",
        "python",
        "makefile",
    }


def perform(language, code, folder):
    """Run a block as a reader would, and return what it prints."""
    if language == "makefile":
        (folder / "Makefile").write_text(code, encoding="utf-8")
        return ""
    commands = {
        "sh": ["bash", "-euo", "pipefail", "-c", code],
        "python": [sys.executable, "-c", code],
    }
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        commands[language],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "PATH": path, "PYTHONUTF8": "1"},
        timeout=600,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with articles and their annotations, as the recipes begin."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    missing = [name for name in PROGRAMS if shutil.which(name, path=path) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    place = tmp_path_factory.mktemp("recepten")
    (place / "articles").mkdir()
    for name in ARTICLES:
        shutil.copy(ROOT / "samples" / f"{name}.txt", place / "articles")
    for language, code in FOUND[""]:
        perform(language, code, place)
    return place


@pytest.fixture(scope="module")
def rows(folder):
    """The annotations that all recipes start from."""
    lines = (folder / "annotated.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def statements(rows, **facts):
    return [
        item
        for row in rows
        for item in row["attributions"]
        if all(item[key] == value for key, value in facts.items())
    ]


def check_1(printed, rows, folder):
    lines = printed.splitlines()
    denials = [item["content"]["text"] for item in statements(rows, act="deny")]
    assert denials
    assert [json.loads(line)["denies"] for line in lines[: len(denials)]] == denials
    bare = [item for item in statements(rows) if item["source"]["kind"] == "none"]
    assert len(lines) == len(denials) + len(bare)


def check_2(printed, rows, folder):
    answered = json.loads(printed[printed.index("[{") :])
    denied = [item["content"]["text"] for item in statements(rows, act="deny")]
    assert [row["content"] for row in answered] == denied
    assert re.search(r"speaker +n\n", printed)


def check_3(printed, rows, folder):
    direct = max(line.split()[-3] for line in printed.splitlines()[2:])
    assert int(direct) > 0


def check_4(printed, rows, folder):
    wanted = [item for act in ("deny", "accuse", "promise") for item in statements(rows, act=act)]
    assert wanted
    assert printed.count("deny") >= len(statements(rows, act="deny"))


def check_5(printed, rows, folder):
    lines = printed.splitlines()
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        for item in row["attributions"]:
            assert item["cue"]["text"].split(" ")[0] in line


def check_6(printed, rows, folder):
    pieces = sum(len(item["content"]["spans"]) for item in statements(rows))
    assert len(printed.splitlines()) >= pieces
    assert any("deny" in line for line in printed.splitlines())


def check_7(printed, rows, folder):
    assert printed.split() == sorted(f"{name}.html" for name in ARTICLES)
    for name in ARTICLES:
        assert (folder / "pages" / f"{name}.html").read_text("utf-8").startswith("<!doctype html>")


def check_8(printed, rows, folder):
    assert printed.count("annotate articles/") == len(ARTICLES)
    assert "Nothing to be done" in printed
    for row in rows:
        path = folder / "results" / row["id"].replace(".txt", ".json")
        assert json.loads(path.read_text("utf-8"))["attributions"] == row["attributions"]


def check_9(printed, rows, folder):
    assert int(printed) == len(rows)


def check_10(printed, rows, folder):
    direct = [item for item in statements(rows, type="direct") if item["source"]["name"]]
    assert direct
    assert printed.count(": ") >= len(direct)


CHECKS = (
    check_1, check_2, check_3, check_4, check_5, check_6, check_7, check_8, check_9, check_10
)  # fmt: skip


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("place", range(10), ids=NAMES)
def test_recipe_works(place, folder, rows):
    printed = "".join(perform(language, code, folder) for language, code in FOUND[NAMES[place]])
    assert printed.strip()
    CHECKS[place](printed, rows, folder)


README = ROOT / "README.md"


def test_pictures_of_the_tour_are_there_small_and_ask_for_nothing_from_elsewhere():
    names = re.findall(r"docs/[\w-]+\.(?:svg|png)", README.read_text("utf-8"))
    assert len(set(names)) == 5
    for name in names:
        data = (ROOT / name).read_bytes()
        assert 10_000 < len(data) < 150_000, name
        if name.endswith(".svg"):
            addresses = set(re.findall(rb"https?://[^\s\"')]+", data))
            assert addresses == {b"http://www.w3.org/2000/svg"}


@pytest.mark.model
def test_commands_of_the_tour_run(tmp_path):
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    tour = README.read_text("utf-8").split("### A tour\n")[1].split("\n### ")[0]
    commands = re.findall(r"```sh\n(.*?)```", tour, re.DOTALL)
    assert len(commands) == 3
    perform("sh", "".join(commands[1:]), tmp_path)
    assert (tmp_path / "statiegeld.html").stat().st_size > 100_000
