"""Web Annotations as RDF (rdflib) and as expanded JSON-LD (pyld) give all spans back."""

import json
from urllib.parse import unquote

import pyld.jsonld
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.namespace import RDF

from annotate.exporters import ExportOptions, get_exporter
from annotate.exporters.webannotation import NAMESPACE, STANDARD
from tests.examples import EMPTY, KREMLIN
from tests.exporters.anno_terms import CONTEXT, OA
from tests.strategies import annotations, few

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own


def written(*items):
    return "".join(get_exporter("webannotation").export(items, ExportOptions())).encode()


def offline(page):
    """The page with the terms in place of the address of the standard context."""
    page = json.loads(page)
    assert page["@context"][0] == STANDARD
    return page | {"@context": [CONTEXT["@context"], page["@context"][1]]}


def graph(page):
    return rdflib.Graph().parse(data=json.dumps(offline(page)), format="json-ld")


def oa(name):
    return rdflib.URIRef(OA + name)


def own(name):
    return rdflib.URIRef(NAMESPACE + name)


def targets(found, node):
    """Role and span of each target of an annotation, and its quote."""
    spans = {}
    for target in found.objects(node, oa("hasTarget")):
        role = str(found.value(target, own("role"), default=""))
        for selector in found.objects(target, oa("hasSelector")):
            kind = found.value(selector, RDF.type)
            if kind == oa("TextPositionSelector"):
                bounds = (found.value(selector, oa(name)) for name in ("start", "end"))
                span = tuple(int(bound) for bound in bounds)
            else:
                quote = str(found.value(selector, oa("exact")))
        spans.setdefault(role, []).append((span, quote))
    return {role: sorted(pairs) for role, pairs in spans.items()}


def quoted(text, spans):
    return sorted((tuple(span), text[slice(*span)]) for span in spans)


@few
@given(annotations())
def test_all_spans_come_back(annotation):
    found = graph(written(annotation))
    nodes = {str(node).rsplit("#")[-1]: node for node in found.subjects(RDF.type, oa("Annotation"))}
    expected = len(annotation.mentions) + len(annotation.attributions) + len(annotation.claims)
    assert len(nodes) == expected
    text = annotation.text
    for mention in annotation.mentions:
        spans = targets(found, nodes[mention.id])
        assert spans == {"": quoted(text, [(mention.start, mention.end)])}
    for item in annotation.attributions:
        spans = targets(found, nodes[item.id])
        for role in ("source", "cue", "content"):
            assert spans.get(role, []) == quoted(text, getattr(item, role).spans)
        body = next(found.subjects(RDF.type, own("Statement")), None)
        assert body is not None
    for claim in annotation.claims:
        assert targets(found, nodes[claim.id]) == {"": quoted(text, claim.spans)}


@few
@given(st.lists(annotations(), max_size=2))
def test_the_page_is_json_ld_for_another_reader(items):
    expanded = pyld.jsonld.expand(offline(written(*items)))
    pages = expanded[0]["https://www.w3.org/ns/activitystreams#items".replace("https", "http")]
    count = sum(len(i.mentions) + len(i.attributions) + len(i.claims) for i in items)
    assert len(pages[0]["@list"]) == count
    for item in pages[0]["@list"]:
        assert item["@type"] == [OA + "Annotation"]
        assert item[OA + "motivatedBy"][0]["@id"].startswith(OA)


def test_a_denial_as_rdf():
    found = graph(written(KREMLIN))
    article = "urn:annotate:article:kremlin.txt"
    node = rdflib.URIRef(f"{article}#a4")
    bodies = list(found.objects(node, oa("hasBody")))
    statement = next(body for body in bodies if (body, RDF.type, own("Statement")) in found)
    assert str(found.value(statement, own("polarity"))) == "-"
    assert found.value(statement, own("speaker")) == rdflib.URIRef(f"{article}#e1")
    assert [quote for _, quote in targets(found, node)["cue"]] == ["ontkent"]


def test_quotes_have_the_words_around_them():
    page = json.loads(written(KREMLIN))
    item = next(item for item in page["items"] if item["id"].endswith("#a4"))
    quote = item["target"][1]["selector"][0]
    assert quote["exact"] == "ontkent"
    assert quote["prefix"].endswith("Het Kremlin ")
    assert quote["suffix"].startswith(" dat er wapens")
    assert unquote(item["target"][0]["source"]).endswith("kremlin.txt")


def test_an_empty_article_is_an_empty_page():
    assert json.loads(written(EMPTY))["items"] == []
