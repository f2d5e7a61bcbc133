"""Settings and fixtures that all tests share."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("annotate", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("annotate")

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write the expected outputs of the samples anew",
    )


@pytest.fixture(scope="session")
def annotator():
    """The shipped model, loaded once."""
    from annotate import load

    return load()


@pytest.fixture(scope="session")
def run() -> Run:
    """Run the command line as a real process; returns what subprocess.run returns."""

    def run_process(
        *arguments: str | Path,
        stdin: bytes | None = None,
        env: dict[str, str] | None = None,
        **kwargs,
    ) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "annotate", *map(str, arguments)]
        done = subprocess.run(
            command,
            input=b"" if stdin is None else stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            timeout=300,
            **kwargs,
        )
        return subprocess.CompletedProcess(
            command, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run_process
