"""From an article to its annotation: loading a pipeline, running it, many articles at once."""

import logging
import re
import sys
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from annotate.annotation import Annotation, ModelInfo
from annotate.article import Article, Failure
from annotate.errors import AnnotateError, ModelError
from annotate.kb import read_kb
from annotate.shipped import DEFAULT, model_meta, shipped_models
from annotate.sources.sections import find_sections

if TYPE_CHECKING:
    from spacy.language import Language

log = logging.getLogger("annotate")

ADDED = (
    "annotate_attributions",
    "annotate_values",
    "annotate_rules",
    "annotate_coreference",
    "annotate_claims",
)
"""Components that every pipeline gets, in this order, where it does not have them."""
MAX_LENGTH = 1_000_000_000
"""Characters of an article; spaCy's own limit is made for pipelines whose memory grows with it."""
AHEAD = 4
"""Articles waiting for each process."""
_SURROGATES = re.compile("[\ud800-\udfff]")


def load(model: str | Path | None = None, kb: str | Path | None = None) -> "Annotator":
    """Load a pipeline and return the annotator around it.

    Args:
        model: name of a shipped model, name of an installed spaCy pipeline (nl_core_news_sm), or a
            folder; None is the shipped default.
        kb: JSON lines with names that you know, their aliases, label and links (`annotate.kb`).

    Raises:
        ModelError: there is no such model, or it is damaged, or it is not Dutch.
        UsageError: the file of knowledge cannot be read, or a line of it is wrong.

    Example:
        >>> import annotate
        >>> nlp = annotate.load()
        >>> [e.name for e in nlp("Premier Jetten sprak met Emmanuel Macron.").entities]
        ['Jetten', 'Emmanuel Macron']
    """
    knowledge = read_kb(kb) if kb is not None else None
    annotator = Annotator(load_pipeline(model))
    if kb is not None and knowledge is not None:
        annotator.know(kb, knowledge.digest)
    return annotator


def find_model(model: str | Path | None) -> str | Path:
    """Return what spaCy has to load: the folder of a model, or the name of an installed package.

    Raises:
        ModelError: there is no such model.
    """
    name = str(model or DEFAULT)
    shipped = shipped_models()
    if name in shipped:
        return shipped[name]
    path = Path(name)
    if (path / "config.cfg").exists():
        return path
    if path.exists():
        message = f"The folder {name} holds no spaCy pipeline"
        raise ModelError(message, hint="Name a folder with a config.cfg and a meta.json")
    from importlib.util import find_spec

    if re.fullmatch(r"\w+", name) and find_spec(name) is not None:
        return name
    known = ", ".join(sorted(shipped)) or "none"
    hint = f"Shipped models: {known}"
    if re.fullmatch(r"nl_core_news_(sm|md|lg)", name):
        hint = f"Install it with: python -m spacy download {name}"
    elif model is None:
        hint = "Install annotate-nl again: its default model is missing"
    raise ModelError(f"There is no model {name}", hint=hint)


def load_pipeline(model: str | Path | None = None) -> "Language":
    """Load a spaCy pipeline and add the components of this package that it lacks.

    Raises:
        ModelError: there is no such model, or it is damaged, or it is not Dutch.
    """
    found = find_model(model)
    if isinstance(found, Path):
        model_meta(found)
    import spacy

    register_components()
    try:
        nlp = spacy.load(found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.debug("spacy.load failed", exc_info=True)
        message = f"The model {model or DEFAULT} cannot be loaded ({_first_line(error)})"
        hint = "It may be damaged or made for another version of spaCy: install it again"
        raise ModelError(message, hint=hint) from error
    if nlp.lang != "nl":
        message = f"The model {model} is made for the language {nlp.lang!r}, not for Dutch"
        raise ModelError(message, hint="Name a Dutch pipeline, such as nl_core_news_sm")
    nlp.max_length = MAX_LENGTH
    if not ({"parser", "senter", "sentencizer", "annotate_syntax"} & set(nlp.pipe_names)):
        nlp.add_pipe("sentencizer")
    for name in ADDED:
        if name not in nlp.pipe_names:
            nlp.add_pipe(name)
    return nlp


def register_components() -> None:
    """Import the components, so that a checkout works without an installation."""
    import annotate.components.attributions
    import annotate.components.claims
    import annotate.components.coreference
    import annotate.components.encoder
    import annotate.components.entities
    import annotate.components.knowledge
    import annotate.components.rules
    import annotate.components.syntax
    import annotate.components.values  # noqa: F401


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:160].rstrip(".")


class Annotator:
    """A loaded pipeline: call it with a text or an article.

    Attributes:
        nlp: the spaCy pipeline.
        model: its name and version; with knowledge, the version ends in its digest.
        kb: the file of knowledge, None without one.
        seconds: what each component has taken so far, by name, and ``convert`` after them.
    """

    def __init__(self, nlp: "Language") -> None:
        self.nlp = nlp
        self.kb: Path | None = None
        self.seconds: defaultdict[str, float] = defaultdict(float)
        name = f"{nlp.meta.get('lang', 'nl')}_{nlp.meta.get('name', 'pipeline')}"
        self.model = ModelInfo(name=name, version=str(nlp.meta.get("version", "0.0.0")))

    def know(self, kb: str | Path, digest: str) -> None:
        """Add the components that use a file of knowledge."""
        self.kb = Path(kb).absolute()
        config = {"file": str(self.kb)}
        self.nlp.add_pipe("annotate_known_names", before="annotate_rules", config=config)
        self.nlp.add_pipe("annotate_known_entities", after="annotate_coreference", config=config)
        self.model = replace(self.model, version=f"{self.model.version}+kb.{digest[:12]}")

    def __call__(self, article: Article | str) -> Annotation:
        """Annotate one article, or a text as it stands.

        Raises:
            ModelError: the model cannot run here.
        """
        from annotate.components.units import SECTIONS
        from annotate.convert import to_annotation

        prepared = _prepared(article)
        doc = self.nlp.make_doc(prepared.text)
        doc.user_data[SECTIONS] = [section.start for section in prepared.sections]
        before = perf_counter()
        for name, component in self.nlp.pipeline:
            doc = component(doc)
            after = perf_counter()
            self.seconds[name] += after - before
            before = after
        annotation = to_annotation(doc, prepared, self.model)
        self.seconds["convert"] += perf_counter() - before
        return annotation

    def pipe(
        self, articles: Iterable[Article | str], *, workers: int = 1
    ) -> Iterator[Annotation | Failure]:
        """Yield for each article its annotation, or why there is none, in the order of the articles.

        Args:
            workers: processes; each loads the pipeline for itself.

        Raises:
            ModelError: the model cannot run here.
        """
        if workers > 1:
            yield from self._pipe_processes(articles, workers)
            return
        for article in articles:
            yield attempt(self, article)

    def _pipe_processes(
        self, articles: Iterable[Article | str], workers: int
    ) -> Iterator[Annotation | Failure]:
        context = get_context("forkserver" if sys.platform != "win32" else "spawn")
        source = str(self.nlp.path) if self.nlp.path else None
        waiting: deque[tuple[Article | str, Future[Annotation | Failure]]] = deque()
        with ProcessPoolExecutor(
            workers, mp_context=context, initializer=_start_worker, initargs=(source, self.kb)
        ) as pool:

            def collect() -> Annotation | Failure:
                article, future = waiting.popleft()
                try:
                    return future.result()
                except BrokenProcessPool as error:
                    name = article.id if isinstance(article, Article) else "text"
                    message = f"A worker process ended while {name} or a neighbour was annotated"
                    hint = "It may have run out of memory: use fewer workers"
                    raise AnnotateError(message, hint=hint) from error

            for article in articles:
                waiting.append((article, pool.submit(_work, article)))
                if len(waiting) >= workers * AHEAD:
                    yield collect()
            while waiting:
                yield collect()


def attempt(annotator: Annotator, article: Article | str) -> Annotation | Failure:
    """Annotate one article; a failure that concerns this article alone is returned, not raised.

    Raises:
        ModelError: the model cannot run here: no other article would fare better.
    """
    try:
        return annotator(article)
    except ModelError:
        raise
    except Exception as error:
        log.debug("annotating failed", exc_info=True)
        name = article.id if isinstance(article, Article) else "text"
        reason = f"{type(error).__name__}: {_first_line(error)}"
        hint = "Please report it with the text; -v -v shows where it happened"
        return Failure(name, f"it could not be annotated ({reason})", hint)


def _prepared(article: Article | str) -> Article:
    """Return an article whose text spaCy can hold and whose sections are known."""
    if isinstance(article, str):
        article = Article(id="text", text=article)
    if _SURROGATES.search(article.text):
        article = replace(
            article,
            text=_SURROGATES.sub("\ufffd", article.text),
            warnings=(*article.warnings, "lone surrogates in the text were replaced by U+FFFD"),
        )
    if not article.sections:
        article = replace(article, sections=find_sections(article.text))
    return article


_worker: Annotator | None = None


def _start_worker(source: str | None, kb: Path | None) -> None:
    global _worker
    _worker = load(source, kb)


def _work(article: Article | str) -> Annotation | Failure:
    if _worker is None:
        raise ModelError("The worker process has no model")
    return attempt(_worker, article)
