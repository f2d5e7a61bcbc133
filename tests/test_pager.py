"""The pager of the terminal view: a real terminal, a real less, and pagers that write down what they get."""

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from annotate.commands.console import background
from annotate.serialize import to_json_line
from tests.examples import EMPTY, KREMLIN


class Terminal:
    """A pseudo-terminal of some lines with the command line on it."""

    def __init__(self, *arguments: str | Path, lines: int = 24, **env: str) -> None:
        self.main, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 80, 0, 0))
        cleared = {"LINES", "COLUMNS", "LESS", "PAGER", "COLORFGBG", "NO_COLOR"}
        kept = {key: value for key, value in os.environ.items() if key not in cleared}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "annotate", "convert", *map(str, arguments)],
            stdin=other,
            stdout=other,
            stderr=other,
            env={**kept, "TERM": "xterm-256color", **env},
            start_new_session=True,
        )
        os.close(other)
        self.shown = b""

    @property
    def text(self) -> str:
        """What is shown so far."""
        return self.shown.decode("utf-8", "replace")

    def read(self, until: bytes | None = None) -> None:
        """Read until some bytes come, or until the end."""
        ends = time.monotonic() + 60
        while time.monotonic() < ends and (until is None or until not in self.shown):
            if select.select([self.main], [], [], 0.2)[0]:
                try:
                    piece = os.read(self.main, 65536)
                except OSError:  # the other side is closed
                    break
                if not piece:
                    break
                self.shown += piece

    def type(self, keys: bytes) -> None:
        os.write(self.main, keys)

    def end(self) -> int:
        """The exit code, once all is shown."""
        self.read()
        code = self.process.wait(timeout=60)
        os.close(self.main)
        return code


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    path = tmp_path / "opgeslagen.jsonl"
    path.write_text(f"{to_json_line(KREMLIN)}\n", encoding="utf-8")
    return path


@pytest.fixture
def spy(tmp_path: Path) -> tuple[str, Path]:
    """A pager that keeps what it gets, and the file with it."""
    kept = tmp_path / "bewaard.txt"
    program = tmp_path / "bladeraar"
    program.write_text(f"#!/bin/sh\ncat > {kept}\necho gelezen\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program), kept


def test_long_output_goes_through_the_pager_with_its_colours(stored, spy):
    program, kept = spy
    terminal = Terminal(stored, PAGER=program)
    assert terminal.end() == 0
    assert terminal.text.strip() == "gelezen"
    text = kept.read_text("utf-8")
    assert "\x1b[" in text
    assert "Waarschijnlijk" in text


@pytest.mark.parametrize(
    ("arguments", "lines", "env"),
    [
        (["--no-pager"], 24, {}),
        ([], 500, {}),
        ([], 0, {}),  # a terminal that does not know how high it is
        ([], 24, {"TERM": "dumb"}),
        (["-f", "jsonl"], 24, {}),
        (["-f", "markdown"], 24, {}),
    ],
)
def test_what_needs_no_pager_is_written_as_it_is(stored, spy, arguments, lines, env):
    program, kept = spy
    terminal = Terminal(stored, *arguments, lines=lines, PAGER=program, **env)
    assert terminal.end() == 0
    assert "Kremlin" in terminal.text
    assert not kept.exists()


@pytest.mark.parametrize("command", ["", "cat", "bestaat-niet --optie", "'"])
def test_no_pager_or_none_that_is_there_means_none(stored, command):
    terminal = Terminal(stored, PAGER=command)
    assert terminal.end() == 0
    assert "Kremlin" in terminal.text


def test_a_pipe_has_no_pager(run, stored, spy):
    program, kept = spy
    done = run("convert", stored, "-f", "rich", env={"PAGER": program, "LINES": "5"})
    assert "Kremlin" in done.stdout
    assert not kept.exists()


@pytest.mark.skipif(shutil.which("less") is None, reason="no less")
def test_less_shows_the_first_screen_and_the_reader_leaves_it(stored):
    terminal = Terminal(stored)
    terminal.read(until=b"\x1b[K")
    first = terminal.text
    assert "kremlin.txt" in first
    assert "\x1b[1m" in first  # bold, and not the letters ESC[1m that less shows without -R
    assert "ESC[" not in first
    terminal.type(b"q")
    assert terminal.end() == 0


def test_a_reader_who_leaves_early_ends_the_work(tmp_path):
    line = f"{to_json_line(KREMLIN)}\n"
    many = tmp_path / "veel.jsonl"
    many.write_text(line * 2000, encoding="utf-8")
    began = time.monotonic()
    terminal = Terminal(many, PAGER="head -n 3")
    assert terminal.end() == 0
    assert time.monotonic() - began < 30  # all of it would take minutes
    assert len(terminal.text.splitlines()) <= 5


def test_messages_wait_until_the_pager_is_left(stored, spy):
    program, kept = spy
    with stored.open("a", encoding="utf-8") as file:
        file.write('{"schema":"annotate/99"}\n')
    terminal = Terminal(stored, PAGER=program)
    assert terminal.end() == 1
    shown = terminal.text
    assert shown.index("gelezen") < shown.index("annotate/99")
    assert "annotate/99" not in kept.read_text("utf-8")


def test_short_output_and_messages_come_as_ever(tmp_path):
    path = tmp_path / "kort.jsonl"
    path.write_text(f"{to_json_line(EMPTY)}\nstuk\n", encoding="utf-8")
    terminal = Terminal(path)
    assert terminal.end() == 1
    assert "leeg.txt" in terminal.text
    assert "kort.jsonl:2" in terminal.text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("15;0", "dark"),
        ("0;15", "light"),
        ("0;default;7", "light"),
        ("15;8", "dark"),
        ("default;default", "unknown"),
        ("", "unknown"),
    ],
)
def test_background_is_what_the_terminal_says(monkeypatch, value, expected):
    monkeypatch.setenv("COLORFGBG", value)
    assert background() == expected
