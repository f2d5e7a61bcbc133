"""XMI as dkpro-cassis reads it, with our type system and with DKPro's, gives all spans back."""

import warnings

import cassis
import pytest
from hypothesis import given

from annotate.exporters import ExportOptions, get_exporter
from annotate.exporters.characters import for_xml
from annotate.exporters.xmi import CHAIN, CUSTOM, ENTITY, META, RELATION, SEGMENT, STATEMENT
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few

xmi = get_exporter("xmi")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of Python, about the way cassis opens its own file
    DKPRO = cassis.load_dkpro_core_typesystem()
TYPES = cassis.load_typesystem(xmi.folder_files()["TypeSystem.xml"])


def read(annotation, types=TYPES, lenient=False):
    data = "".join(xmi.export([annotation], ExportOptions())).encode()
    return cassis.load_cas_from_xmi(data.decode(), typesystem=types, lenient=lenient)


def spans(items):
    return [(item.begin, item.end) for item in items]


@few
@given(annotations())
def test_all_spans_come_back(annotation):
    cas = read(annotation)
    assert (cas.sofa_string or "") == for_xml(annotation.text)
    entities = cas.select(ENTITY)
    wanted = sorted((m.start, m.end, m.label or m.kind) for m in annotation.mentions)
    assert sorted((e.begin, e.end, e.value) for e in entities) == wanted
    pieces = {}
    for item in cas.select(STATEMENT):
        pieces.setdefault((item.statement, item.role), []).append((item.begin, item.end))
    for item in annotation.attributions:
        for role in ("source", "cue", "content"):
            expected = list(getattr(item, role).spans)
            assert sorted(pieces.pop((item.id, role), [])) == expected
    assert not pieces
    claims = {}
    for item in cas.select(f"{CUSTOM}Claim"):
        claims.setdefault((item.claim, item.certainty), []).append((item.begin, item.end))
    for claim in annotation.claims:
        assert sorted(claims[claim.id, claim.certainty]) == list(claim.spans)
    blocks = cas.select(f"{SEGMENT}Heading") + cas.select(f"{SEGMENT}Paragraph")
    assert sorted(spans(blocks)) == sorted((s.start, s.end) for s in annotation.sections)
    sentences = set(spans(cas.select(f"{SEGMENT}Sentence")))
    assert {(s.start, s.end) for s in annotation.sentences} <= sentences


@few
@given(annotations())
def test_chains_and_relations_come_back(annotation):
    cas = read(annotation)
    chains = []
    for chain in cas.select(CHAIN):
        link, found = chain.first, []
        while link is not None:
            found.append((link.begin, link.end))
            link = link.next
        chains.append(found)
    mentions = {item.id: (item.start, item.end) for item in annotation.mentions}
    wanted = [[mentions[name] for name in entity.mentions] for entity in annotation.entities]
    assert sorted(chains) == sorted(wanted)
    for relation in cas.select(RELATION):
        assert relation.Governor.statement == relation.Dependent.statement
        assert relation.Governor.act is not None
        assert (relation.begin, relation.end) == (relation.Dependent.begin, relation.Dependent.end)


def test_a_denial():
    cas = read(KREMLIN)
    denial = next(item for item in cas.select(STATEMENT) if item.act == "deny")
    assert denial.get_covered_text() == "dat er wapens zijn geleverd"
    assert (denial.polarity, denial.speaker, denial.certainty) == ("-", "Het Kremlin", "denied")
    assert denial.confidence == pytest.approx(0.8765)
    amount = next(item for item in cas.select(f"{CUSTOM}Value") if item.kind == "money")
    assert (amount.value, amount.unit) == ("3500000", "EUR")
    assert cas.select(META)[0].documentId == "kremlin.txt"


def test_our_types_agree_with_those_of_dkpro():
    shared = [item for item in TYPES.get_types() if DKPRO.contains_type(item.name)]
    assert {ENTITY, CHAIN, f"{SEGMENT}Token"} <= {item.name for item in shared}
    for item in shared:
        other = DKPRO.get_type(item.name)
        assert item.supertype.name == other.supertype.name
        for feature in item.features:
            assert feature.rangeType.name == other.get_feature(feature.name).rangeType.name


def test_a_reader_without_our_layers_reads_the_rest():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # cassis', about the types that it does not know
        cas = read(KREMLIN, DKPRO, lenient=True)
    assert len(cas.select(ENTITY)) == len(KREMLIN.mentions)
    assert len(cas.select(f"{SEGMENT}Sentence")) == len(KREMLIN.sentences)


def test_an_empty_article():
    assert read(EMPTY).select(STATEMENT) == []
