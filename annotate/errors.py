"""Errors that a user can read, and the exit codes they lead to.

AnnotateError            base: one sentence, what to do next, an exit code
├── UsageError           the command line or an option is wrong (exit 2)
├── ModelError           no usable model (exit 3)
└── ArticleError         one article could not be read or annotated (exit 1)

The command line catches ``AnnotateError`` at one place, prints it on standard error and exits with
``error.exit_code``. Nothing below the command line prints or exits.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    OK = 0
    """Everything was done."""
    SOME_FAILED = 1
    """Some articles failed; each one was named, the others were done."""
    USAGE = 2
    """Wrong usage: options, arguments or files that cannot work."""
    NO_MODEL = 3
    """No usable model."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C."""


class AnnotateError(Exception):
    """Base of all errors that are shown to users as one sentence and a hint.

    Args:
        message: one sentence that says what is wrong, without a trailing full stop.
        hint: what to do next, without a trailing full stop; may be empty.
    """

    exit_code: ExitCode = ExitCode.SOME_FAILED

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}. {self.hint}." if self.hint else f"{self.message}."


class UsageError(AnnotateError):
    """The command line, an option or a whole input cannot work as given."""

    exit_code = ExitCode.USAGE


class ModelError(AnnotateError):
    """A model is missing, damaged, of another version, or its runtime is not installed."""

    exit_code = ExitCode.NO_MODEL


class ArticleError(AnnotateError):
    """One article could not be read or annotated; the others go on."""

    exit_code = ExitCode.SOME_FAILED
