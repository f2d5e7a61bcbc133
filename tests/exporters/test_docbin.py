"""DocBin as spaCy reads it gives text, spans and the whole annotation back."""

from hypothesis import given
from hypothesis import strategies as st
from spacy import blank
from spacy.tokens import DocBin

from annotate.exporters import ExportOptions, get_exporter
from annotate.serialize import from_json_line
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few

VOCAB = blank("nl").vocab


def read(*items):
    data = b"".join(get_exporter("docbin").export(items, ExportOptions()))
    return list(DocBin().from_bytes(data).get_docs(VOCAB))


def found(group):
    return sorted((s.id_, s.label_, s.start_char, s.end_char) for s in group)


@few
@given(st.lists(annotations(), max_size=2))
def test_all_comes_back(items):
    docs = read(*items)
    assert len(docs) == len(items)
    for doc, item in zip(docs, items, strict=True):
        assert doc.text == item.text
        assert from_json_line(doc.user_data["annotate"]) == item
        assert found(doc.spans["mentions"]) == sorted(
            (m.id, m.label or m.kind, m.start, m.end) for m in item.mentions
        )
        assert [s.kb_id_ or None for s in doc.spans["mentions"]] == [
            m.entity for m in item.mentions
        ]
        parts = [
            (a.id, role, *span)
            for a in item.attributions
            for role in ("SOURCE", "CUE", "CONTENT")
            for span in getattr(a, role.lower()).spans
        ]
        assert found(doc.spans["statements"]) == sorted(parts)
        claims = [(c.id, c.certainty, *span) for c in item.claims for span in c.spans]
        assert found(doc.spans["claims"]) == sorted(claims)


@few
@given(annotations())
def test_sentences_begin_where_ours_do(item):
    starts = {sent.start_char for doc in read(item) for sent in doc.sents}
    assert {sentence.start for sentence in item.sentences} <= starts


def test_entities_of_an_article():
    (doc,) = read(KREMLIN)
    ents = [(ent.text, ent.label_) for ent in doc.ents]
    assert ("VN", "ORG") in ents
    assert ("Vladimir Poetin", "PERSON") in ents
    assert len(list(doc.sents)) == len(KREMLIN.sentences)


def test_an_empty_article():
    (doc,) = read(EMPTY)
    assert len(doc) == 0
