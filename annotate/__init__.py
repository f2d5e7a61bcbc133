"""Annotate Dutch news: entities, claims, and who says what.

>>> import annotate
>>> nlp = annotate.load()
>>> [a.source.text for a in nlp("Volgens Van Dijk is het plan van de baan.").attributions]
['Van Dijk']
"""

from typing import TYPE_CHECKING, Any

from annotate.version import __version__

if TYPE_CHECKING:
    from annotate.annotation import Annotation
    from annotate.article import Article, Failure
    from annotate.errors import AnnotateError
    from annotate.pipeline import Annotator, load

_EXPORTED = {
    "AnnotateError": "annotate.errors",
    "Annotation": "annotate.annotation",
    "Annotator": "annotate.pipeline",
    "Article": "annotate.article",
    "Failure": "annotate.article",
    "load": "annotate.pipeline",
}
__all__ = [
    "AnnotateError",
    "Annotation",
    "Annotator",
    "Article",
    "Failure",
    "__version__",
    "load",
]


def __getattr__(name: str) -> Any:
    """Import what is exported when it is first asked for: spaCy is heavy, ``--help`` should not be."""
    if name in _EXPORTED:
        from importlib import import_module

        return getattr(import_module(_EXPORTED[name]), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
