"""Leave out of an annotation what is not wanted, so that what remains is a valid annotation."""

from dataclasses import replace

from annotate.annotation import Annotation


def with_confidence(annotation: Annotation, least: float) -> Annotation:
    """Return the annotation without the attributions below a confidence, and without their claims."""
    kept = tuple(a for a in annotation.attributions if a.confidence >= least)
    ids = {a.id for a in kept}
    parents = {a.id: a.parent for a in annotation.attributions}

    def nearest(parent: str | None) -> str | None:
        while parent is not None and parent not in ids:
            parent = parents[parent]
        return parent

    return replace(
        annotation,
        attributions=tuple(replace(a, parent=nearest(a.parent)) for a in kept),
        claims=tuple(c for c in annotation.claims if c.attribution is None or c.attribution in ids),
    )
