"""What a reader knows marks, labels, joins and names what the model found, and leaves the rest."""

import json

import pytest

from annotate.components.coreference.chains import Chain
from annotate.components.entities import FoundEntity
from annotate.components.knowledge import known_chains, known_names
from annotate.kb import read_kb
from tests.values.cases import read_markup

ROWS = [
    {"name": "Anja de Wit", "aliases": ["De Wit", "AdW"], "label": "PERSON", "id": 1},
    {"name": "Fonds Halvema", "aliases": ["Halvema", "Groene Halvema"], "label": "ORG", "id": 2},
    {"name": "Griet Halvema", "aliases": ["Halvema"], "label": "PERSON", "id": 3},
    {"name": "Oude Vliet", "links": {"wikidata": "Q9"}},
]


@pytest.fixture
def knowledge(tmp_path):
    file = tmp_path / "kb.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return read_kb(file)


def marked(text, entities):
    for entity in sorted(entities, reverse=True):
        start, end = entity.start, entity.end
        text = f"{text[:start]}[{text[start:end]}]({entity.label}){text[end:]}"
    return text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Dat zegt AdW in Utrecht.", "Dat zegt [AdW](PERSON) in Utrecht."),
        ("Dat zegt [De Wit](ORG).", "Dat zegt [De Wit](PERSON)."),
        ("De [Groene](NORP) Halvema helpt.", "De [Groene Halvema](ORG) helpt."),
        ("[Anja](PERSON) [de Wit](ORG) komt.", "[Anja de Wit](PERSON) komt."),
        # stays
        ("De [Anja de Witstraat](FAC) is dicht.", "De [Anja de Witstraat](FAC) is dicht."),
        ("[Stichting AdW](ORG) helpt.", "[Stichting AdW](ORG) helpt."),
        ("Halvema zwijgt.", "Halvema zwijgt."),
        ("[Halvema](GPE) zwijgt.", "[Halvema](GPE) zwijgt."),
        ("De Oude Vliet is diep.", "De Oude Vliet is diep."),
        ("De [Oude Vliet](LOC) is diep.", "De [Oude Vliet](LOC) is diep."),
    ],
)
def test_names_are_marked_and_labelled(knowledge, before, after):
    text, mentions = read_markup(before)
    found = [FoundEntity(*mention, 0.8, "head") for mention in mentions]
    changed = known_names(text, found, knowledge)
    assert marked(text, changed) == after
    assert all(e in found or e.rule in {"kb", "head+kb"} for e in changed)


def chain(text, *names, kind="name", label=None, members=()):
    mentions, at = [], 0
    for name in names:
        at = text.index(name, at)
        mentions.append((at, at + len(name), kind))
        at += len(name)
    return Chain(label, names[0], mentions, ["found"] * len(names), list(members))


def test_chains_of_one_entry_become_one_with_its_name_and_links(knowledge):
    text = "AdW komt. De wijk wacht. Anja de Wit zwaait. Zij en de wijk."
    chains = [
        chain(text, "AdW", label="ORG"),
        chain(text, "De wijk", kind="description"),
        chain(text, "Anja de Wit", label="PERSON"),
        chain(text, "Zij en de wijk", kind="description", members=[2, 1]),
    ]
    joined, links = known_chains(text, chains, [], knowledge)
    assert [c.name for c in joined] == ["Anja de Wit", "De wijk", "Zij en de wijk"]
    assert [text[s:e] for s, e, _ in joined[0].mentions] == ["AdW", "Anja de Wit"]
    assert joined[0].label == "PERSON"
    assert joined[2].members == [0, 1]
    assert links == {0: {"kb": "1"}}


def test_a_form_of_two_entries_is_told_apart_by_another_name_or_the_label(knowledge):
    text = "Griet Halvema lacht. Halvema huilt."
    both = [chain(text, "Griet Halvema", "Halvema", label="PERSON")]
    assert known_chains(text, both, [], knowledge)[1] == {0: {"kb": "3"}}
    alone = [chain("Halvema huilt.", "Halvema", label="ORG")]
    assert known_chains("Halvema huilt.", alone, [], knowledge)[1] == {0: {"kb": "2"}}
    unclear = [chain("Halvema huilt.", "Halvema", label="GPE")]
    assert known_chains("Halvema huilt.", unclear, [], knowledge) == (unclear, {})


def test_a_chain_of_two_known_names_keeps_its_own(knowledge):
    text = "Anja de Wit is Griet Halvema."
    chains = [chain(text, "Anja de Wit", "Griet Halvema", label="PERSON")]
    assert known_chains(text, chains, [], knowledge) == (chains, {})


def test_a_known_name_without_a_chain_becomes_one(knowledge):
    text = "De Oude Vliet en AdW en AdW."
    found = [
        FoundEntity(3, 13, "LOC", 0.9, "head"),
        FoundEntity(17, 20, "PERSON", 1.0, "kb"),
        FoundEntity(24, 27, "PERSON", 1.0, "kb"),
    ]
    chains, links = known_chains(text, [], found, knowledge)
    assert [(c.name, c.label, len(c.mentions), c.rules) for c in chains] == [
        ("Oude Vliet", "LOC", 1, ["kb"]),
        ("Anja de Wit", "PERSON", 2, ["kb", "kb"]),
    ]
    assert links == {0: {"wikidata": "Q9"}, 1: {"kb": "1"}}
