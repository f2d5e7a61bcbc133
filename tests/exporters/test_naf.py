"""NAF is valid against the DTD of 3.3.1, and KafNafParserPy reads all spans back."""

import io
from pathlib import Path

import nafparserpy
from hypothesis import given
from KafNafParserPy import KafNafParser
from KafNafParserPy.attribution_data import Cstatement
from lxml import etree

from annotate.exporters import ExportOptions, get_exporter
from annotate.exporters.characters import for_xml
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few

DTD = etree.DTD(str(next(Path(nafparserpy.__file__).parent.glob("*.dtd"))))


class Read:
    """A document as KafNafParserPy reads it; spans as places of characters."""

    def __init__(self, annotation):
        data = "".join(get_exporter("naf").export([annotation], ExportOptions())).encode()
        self.naf = KafNafParser(io.BytesIO(data))
        self.root = self.naf.root
        assert DTD.validate(self.root.getroottree()), DTD.error_log
        self.places = {}
        for item in self.naf.get_tokens() if self.naf.text_layer else ():
            start, length = int(item.get_offset()), int(item.get_length())
            self.places[item.get_id()] = set(range(start, start + length))
        for item in self.naf.get_terms() if self.naf.term_layer else ():
            self.places[item.get_id()] = self.of(item.get_span().get_span_ids())

    def of(self, names):
        return set().union(*(self.places[name] for name in names))

    def node(self, node):
        """What the span under a node covers."""
        return self.of(node.xpath("span/target/@id")) if node is not None else set()

    def nodes(self, path):
        return {node.get("id"): node for node in self.root.xpath(path)}


def covered(text, spans):
    """Places of the characters in spans that are not white space."""
    return {at for start, end in spans for at in range(start, end) if not text[at].isspace()}


@few
@given(annotations())
def test_all_spans_come_back(annotation):
    read = Read(annotation)
    text = annotation.text
    assert (read.naf.get_raw() or "") == for_xml(text)
    for item in read.naf.get_tokens() if read.naf.text_layer else ():
        start = int(item.get_offset())
        assert item.get_text() == for_xml(text[start : start + int(item.get_length())])
    entities = read.nodes("entities/entity")
    for mention in annotation.mentions:
        if mention.label and mention.kind in ("name", "value"):
            entity = entities.pop(mention.id)
            assert read.node(entity) == covered(text, [(mention.start, mention.end)])
            assert entity.get("type") == mention.label
    assert not entities
    statements = {name: Cstatement(node) for name, node in read.nodes("attribution/*").items()}
    for item in annotation.attributions:
        found = statements.pop(item.id)
        assert read.node(found.get_statement_target()) == covered(text, item.content.spans)
        assert read.node(found.get_statement_source()) == covered(text, item.source.spans)
        assert read.node(found.get_statement_cue()) == covered(text, item.cue.spans)
    assert not statements
    mentions = {item.id: item for item in annotation.mentions}
    chains = {item.get_id(): item for item in read.naf.get_corefs()}
    for entity in annotation.entities:
        found = [read.of(span.get_span_ids()) for span in chains[entity.id].get_spans()]
        wanted = [mentions[name] for name in entity.mentions]
        assert found == [covered(text, [(item.start, item.end)]) for item in wanted]
    factualities = read.nodes("factualities/factuality")
    for claim in annotation.claims:
        found = factualities[claim.id]
        assert read.node(found) == covered(text, claim.spans)
        values = {value.get("resource"): value.get("value") for value in found.xpath("factVal")}
        assert values["annotate:certainty"] == claim.certainty
        assert values.get("annotate:attribution") == claim.attribution


def test_dates_amounts_and_links():
    root = Read(KREMLIN).root
    values = root.xpath("timeExpressions/timex3/@value")
    assert values == ["2024-02-20", "2023-09", "2024-SU"]
    references = {(ref.get("resource"), ref.get("reference")) for ref in root.iter("externalRef")}
    assert {("iso3166", "KP"), ("EUR", "3500000")} <= references


def test_what_naf_has_no_place_for_stands_with_the_claim():
    root = Read(KREMLIN).root
    denial = root.xpath("factualities/factuality[factVal/@value='a4']")[0]
    values = {value.get("resource"): value.get("value") for value in denial}
    assert values["annotate:act"] == "deny"
    assert values["annotate:polarity"] == "-"
    assert values["annotate:speaker"] == "Het Kremlin"


def test_headings_and_header():
    root = Read(KREMLIN).root
    kinds = root.xpath("tunits/tunit/@type")
    assert kinds == ["heading", "paragraph", "paragraph", "heading", "paragraph"]
    assert root.xpath("nafHeader/fileDesc/@creationtime") == ["2024-02-20"]
    assert "attribution" in root.xpath("nafHeader/linguisticProcessors/@layer")


def test_an_empty_article_is_valid():
    assert Read(EMPTY).root.xpath("raw")
