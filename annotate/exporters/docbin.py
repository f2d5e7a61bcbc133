"""spaCy's DocBin (``.spacy``), for training and for pipelines: one Doc an article.

``doc.ents`` holds the outermost names and values, ``doc.sents`` our sentences,
``doc.spans["mentions"]`` all mentions (label, id, ``kb_id`` of the entity), ``doc.spans["statements"]``
the spans SOURCE, CUE and CONTENT with the id of their attribution, ``doc.spans["claims"]`` claims with
their certainty as label, and ``doc.user_data["annotate"]`` the whole annotation as JSON
(``annotate.serialize.from_json_line``). Words are cut where an annotation begins or ends.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from spacy.tokens import Doc, DocBin, Span, SpanGroup

from annotate.annotation import Annotation
from annotate.exporters.base import ExportOptions, Format
from annotate.exporters.characters import encodable
from annotate.exporters.tokens import Words, outermost, tokenizer
from annotate.references import spans
from annotate.serialize import to_json_line

ATTRIBUTES = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "SENT_START")


def export(annotations: Iterable[Annotation], options: ExportOptions) -> Iterator[bytes]:
    """Yield the DocBin; all articles are in memory until then."""
    store = DocBin(attrs=ATTRIBUTES, store_user_data=True)
    for annotation in annotations:
        store.add(doc_of(annotation))
    yield store.to_bytes()


def doc_of(annotation: Annotation) -> Doc:
    """The annotation as a Doc without a model's tags."""
    doc = _words(annotation)
    text = doc.text
    doc.set_ents([_span(doc, text, *span, label=label) for span, label in outermost(annotation)])
    mentions = [
        _span(
            doc, text, m.start, m.end, label=m.label or m.kind, kb_id=m.entity or "", span_id=m.id
        )
        for m in annotation.mentions
    ]
    statements = [
        _span(doc, text, *span, label=role, span_id=item.id)
        for item in annotation.attributions
        for role, part in (("SOURCE", item.source), ("CUE", item.cue), ("CONTENT", item.content))
        for span in part.spans
    ]
    claims = [
        _span(doc, text, *span, label=claim.certainty, span_id=claim.id)
        for claim in annotation.claims
        for span in claim.spans
    ]
    groups = {"mentions": mentions, "statements": statements, "claims": claims}
    for key, group in groups.items():
        doc.spans[key] = SpanGroup(doc, name=key, spans=group)
    doc.user_data["annotate"] = to_json_line(annotation)
    return doc


def _words(annotation: Annotation) -> Doc:
    """A Doc of the text, white space included, its tokens cut at all spans, in our sentences."""
    whole = tokenizer()(encodable(annotation.text))
    cuts = sorted({edge for _, span in spans(annotation) for edge in span})
    words: list[str] = []
    spaces: list[bool] = []
    starts = {line.start for line in Words.of(annotation).lines}
    firsts: list[bool | int | None] = []
    for token in whole:
        end = token.idx + len(token)
        inner = cuts[bisect_right(cuts, token.idx) : bisect_left(cuts, end)]
        for start, stop in pairwise([token.idx, *inner, end]):
            words.append(token.text[start - token.idx : stop - token.idx])
            firsts.append(not firsts or start in starts)
            spaces.append(stop == end and bool(token.whitespace_))
    return Doc(whole.vocab, words=words, spaces=spaces, sent_starts=firsts)


def _span(
    doc: Doc, text: str, start: int, end: int, label: str, kb_id: str = "", span_id: str = ""
) -> Span:
    """A span of whole tokens; spaces at its edges belong to tokens outside of it.

    Args:
        text: of the doc, which spaCy would put together anew each time.
    """
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end = max(start, end - len(inner) + len(inner.rstrip()))
    span = doc.char_span(start, end, label=label, kb_id=kb_id, span_id=span_id)
    return span if span is not None else Span(doc, 0, 0, label=label, kb_id=kb_id, span_id=span_id)


exporter = Format(export, suffixes=(".spacy",), binary=True)
