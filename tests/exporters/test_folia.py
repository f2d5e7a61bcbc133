"""FoLiA as its own library reads it gives all spans back."""

import unicodedata

import folia.main as folia
import pytest
from hypothesis import given

from annotate.exporters import ExportOptions, get_exporter
from annotate.exporters.characters import for_xml
from tests.examples import EMPTY, KREMLIN
from tests.strategies import annotations, few


def parsed(annotation):
    data = "".join(get_exporter("folia").export([annotation], ExportOptions())).encode()
    return folia.Document(string=data, textvalidation=True, autodeclare=False)


def features(element):
    """Features of an element itself, not of what it refers to."""
    return {item.subset: item.cls for item in element if isinstance(item, folia.Feature)}


def places(words):
    """Places of the characters of words in our text."""
    found = set()
    for word in words:
        start, end = features(word)["span"].split("-")
        found |= set(range(int(start), int(end)))
    return found


def covered(text, spans):
    return {at for start, end in spans for at in range(start, end) if not text[at].isspace()}


def visible(text):
    """Text without the controls and marks that the library drops, composed as it does."""
    kept = "".join(c for c in text if not unicodedata.category(c).startswith("C"))
    return unicodedata.normalize("NFC", kept)


def part(statement, kind):
    return {at for item in statement if isinstance(item, kind) for at in places(item.wrefs())}


@few
@given(annotations())
def test_all_spans_come_back(annotation):
    document = parsed(annotation)
    text = annotation.text
    for word in document.words():
        start, end = map(int, features(word)["span"].split("-"))
        expected = visible(for_xml(text[start:end]))
        assert not expected or visible(word.text()) == expected
    for mention in annotation.mentions:
        found = document[mention.id]
        assert places(found.wrefs()) == covered(text, [(mention.start, mention.end)])
        assert found.cls == (mention.label or mention.kind)
    mentions = {item.id: item for item in annotation.mentions}
    for entity in annotation.entities:
        links = list(document[entity.id].select(folia.CoreferenceLink))
        wanted = [mentions[name] for name in entity.mentions]
        assert [places(link.wrefs()) for link in links] == [
            covered(text, [(item.start, item.end)]) for item in wanted
        ]
    for item in annotation.attributions:
        found = document[item.id]
        assert part(found, folia.Headspan) == covered(text, item.content.spans)
        assert part(found, folia.Source) == covered(text, item.source.spans)
        assert part(found, folia.StatementRelation) == covered(text, item.cue.spans)
        assert (found.cls, features(found)["polarity"]) == (item.act, item.polarity)
        assert features(found).get("parent") == item.parent
        assert found.confidence == item.confidence
    for claim in annotation.claims:
        found = document[claim.id]
        assert places(found.wrefs()) == covered(text, claim.spans)
        assert found.cls == claim.certainty


@pytest.fixture(scope="module")
def kremlin():
    return parsed(KREMLIN)


def test_structure(kremlin):
    heads = [head.text() for head in kremlin.select(folia.Head)]
    assert heads == ["Kremlin zwijgt over pantserwagen", "Oekra\u00efne"]
    assert len(list(kremlin.paragraphs())) == 3
    assert len(list(kremlin.select(folia.Division))) == 2
    sentence = next(item for item in kremlin.sentences() if "VN" in item.text())
    assert "VN-sancties" in sentence.text()


def test_what_is_known_of_the_article(kremlin):
    assert kremlin.metadata["title"] == KREMLIN.title
    assert kremlin.metadata["date"] == "2024-02-20"
    assert kremlin["a4"].processor.name == "nl_news"
    assert features(kremlin["a4"])["speaker"] == "Het Kremlin"


def test_an_empty_article():
    assert list(parsed(EMPTY).words()) == []
