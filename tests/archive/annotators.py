"""Annotators for the tests: by rules, slow, failing, deadly. Each can be loaded in any process."""

import dataclasses
import os
import signal
import time
from functools import partial
from pathlib import Path

from annotate.annotation import ModelInfo
from annotate.archive.made_up import RuleAnnotator
from annotate.article import Failure
from annotate.errors import ModelError


class Slow(RuleAnnotator):
    """Takes its time over every article."""

    def __init__(self, seconds):
        self.seconds = seconds

    def annotate(self, article):
        time.sleep(self.seconds)
        return super().annotate(article)


class Other(RuleAnnotator):
    """Says that it is another version."""

    model = ModelInfo("rules-for-benchmarks", "2")


class Fragile(RuleAnnotator):
    """Fails in different ways over articles with certain words, unless a file says that all is well.

    Writes the ids that it annotated to a log.
    """

    def __init__(self, folder):
        self.folder = Path(folder)

    def pipe(self, articles):
        for article in articles:
            with (self.folder / "log").open("a") as log:
                log.write(f"{article.id}\n")
            if not (self.folder / "all-is-well").exists():
                if "STUK" in article.text:
                    yield Failure(article.id, "it is broken", "Mend it")
                    continue
                if "FOUT" in article.text:
                    raise ValueError("an article that nobody expected")
                if "DOOD" in article.text:
                    os.kill(os.getpid(), signal.SIGKILL)
            yield self.annotate(article)


class Wrong(RuleAnnotator):
    """Gives annotations that contradict themselves for one article, and none for another."""

    def pipe(self, articles):
        for article in articles:
            annotation = self.annotate(article)
            if "SCHEEF" in article.text:
                annotation = dataclasses.replace(annotation, text="kort")
            if "NIETS" not in article.text:
                yield annotation


def rules():
    return RuleAnnotator()


def no_model():
    raise ModelError("The model is broken", hint="Install it again")


slow = partial(Slow, 0.01)


def rules_model(model=None):
    return RuleAnnotator()


def slow_model(model=None):
    return Slow(0.001)


def fragile_model(model=None):
    return Fragile(os.environ["FRAGILE"])
