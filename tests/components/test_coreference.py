"""Coreference: every sieve on Docs made by hand, without a model.

Cases are marked inline: ``{a:PERSON Mark Rutte}`` is a name in chain a, ``{a hij}`` another mention of it.
Mentions with one letter must end in one chain, those with different letters never in the same. ``//``
ends a paragraph. Words have the class of the table below.
"""

import re

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from annotate.components.attributions import FoundAttribution, store_attributions
from annotate.components.coreference import find, resolve_source, stored_chains
from annotate.components.coreference.component import CoreferenceFinder
from annotate.components.coreference.nouns import first_name_gender, noun, singulars
from annotate.components.coreference.sieves import SIEVES
from annotate.components.coreference.sources import speaker_name
from annotate.components.entities import FoundEntity, store_entities
from annotate.lexicon import read_table

NLP = spacy.blank("nl")
WORDS = {
    "DET": "de De het Het een Een beide Beide",
    "PRON": "hij Hij zij Zij ze hem haar Haar hun Hun zijn Zijn ik Ik mijn Mijn me wij Wij we",
    "VERB": "sprak zweeg zei kwam lachte las won belde zag groeide vroeg reed stond liegt herinner vindt "
    "botsten zwegen",
    "ADP": "van van in met uit tegen op",
    "CCONJ": "en of",
    "PUNCT": ". , ( ) : “ ” ‘ ’",
    "ADJ": "nieuwe oude Noord-Koreaanse Vlaamse",
    "NUM": "twee drie",
    "ADV": "gisteren niet ook",
}
CLASS = {word: pos for pos, words in WORDS.items() for word in words.split()}
TAGS = {
    "VERB": "WW|pv|verl|ev",
    "NOUN": "N|soort|ev|basis|zijd|stan",
    "PROPN": "SPEC|deeleigen",
    "ADJ": "ADJ|prenom|basis|met-e|stan",
    "PUNCT": "LET",
}
PLURAL = {"leiders", "landen", "mannen"}


def read(marked):
    """Return a Doc and its marked spans by letter."""
    words, labels, marks, entities = [], [], {}, []
    for piece in re.findall(r"\{\w+(?::[A-Z_]+)? [^}]+\}|\S+", marked):
        found = re.fullmatch(r"\{(\w+)(?::([A-Z_]+))? ([^}]+)\}", piece)
        inner = found[3].split() if found else [piece]
        if found:
            marks.setdefault(found[1], []).append((len(words), len(words) + len(inner)))
            if found[2]:
                entities.append((len(words), len(words) + len(inner), found[2]))
        named = found is not None and found[2] is not None
        for word in inner:
            words.append("\n\n" if word == "//" else word)
            labels.append(
                "PROPN" if named else CLASS.get(word, "SPACE" if word == "//" else "NOUN")
            )
    tags = [
        "N|soort|mv|basis" if w in PLURAL else TAGS.get(p, "")
        for w, p in zip(words, labels, strict=True)
    ]
    starts = [i == 0 or words[i - 1] in {".", "\n\n"} for i in range(len(words))]
    doc = Doc(NLP.vocab, words=words, pos=labels, tags=tags, sent_starts=starts)
    store_entities(
        doc,
        [
            FoundEntity(doc[s].idx, doc[e - 1].idx + len(doc[e - 1]), label, 1.0, "test")
            for s, e, label in entities
        ],
    )
    spans = {
        letter: [(doc[s].idx, doc[e - 1].idx + len(doc[e - 1])) for s, e in places]
        for letter, places in marks.items()
    }
    return doc, spans


def say(doc, source, content):
    """Store an attribution whose source and content are phrases of the text."""
    at = doc.text.index(source), doc.text.index(content)
    spans = [[(i, i + len(words))] for i, words in zip(at, (source, content), strict=True)]
    store_attributions(
        doc, [FoundAttribution(spans[0], [], spans[1], "direct", "say", "+", 1.0, "test")]
    )


def numbers(doc, spans):
    """Return for each letter the set of chains of its mentions; None for a mention in no chain."""
    chains = find(doc)
    place = {(s, e): n for n, chain in enumerate(chains) for s, e, _ in chain.mentions}
    return {letter: [place.get(span) for span in places] for letter, places in spans.items()}


TOGETHER = {
    "exact name": "{a:PERSON Kim} sprak . // {a:PERSON Kim} zweeg .",
    "genitive": "{a:PERSON Kim} sprak . {a:PERSON Kims} auto reed .",
    "surname": "{a:PERSON Jurgen van Buren} won . {a:PERSON Van Buren} lachte .",
    "short first": "{a:PERSON Vos} won . {a:PERSON Judith Vos} lachte .",
    "first name": "{a:PERSON Kim Jong-un} sprak . {a:PERSON Kim} zweeg .",
    "spelling": "{a:PERSON Walid Al-Muallem} sprak . {a:PERSON Moualem} zweeg .",
    "spelling of a first name": "{a:PERSON Khalid Azzouzi} kwam . {a:PERSON Chalid Azzouzi} zweeg .",
    "double surname": "{a:PERSON Winnifred Asante-Bakker} sprak . {a:PERSON Asante-Bakker} zweeg .",
    "surname of another label": "{a:PERSON Ans Kamer} sprak . {a:ORG Kamer} zweeg .",
    "compound name": "{a:ORG Gezondheidsraad} sprak . {a De raad} zweeg .",
    "a group of people": "{a:ORG Eerlijk Erf} , {a een groep} juristen , sprak .",
    "alias": "{a:GPE VS} sprak . {a:GPE Verenigde Staten} zweeg .",
    "acronym": "{a:ORG Verenigde Naties} sprak . {a:ORG VN} zweeg .",
    "acronym in brackets": "{a:ORG Landelijke Imkers Bond} ( {a:ORG LIB} ) sprak .",
    "apposition behind": "{a:PERSON Walid Mernissi} , {a een advocaat} , sprak .",
    "apposition before": "{a De advocaat} , {a:PERSON Walid Mernissi} , sprak .",
    "introduction": "{a Minister} zweeg // Gisteren sprak minister {a:PERSON Judith Vos} .",
    "same noun": "{a Een helikopter} kwam . {a De helikopter} zweeg .",
    "title": "Premier {a:PERSON Mark Bos} sprak . {a De premier} lachte .",
    "title before": "{b:GPE Rusland} kwam . Leider {a:PERSON Kim Jong-un} sprak . {a De leider} zweeg .",
    "kind": "{a:GPE Noord-Korea} groeide . {a Het land} zweeg .",
    "he": "{a:PERSON Mark Bos} sprak . {a Hij} zweeg .",
    "she": "{a:PERSON Judith Vos} sprak . {a Zij} zweeg .",
    "his": "{a:PERSON Mark Bos} sprak . {a Zijn} auto reed .",
    "her": "{a:PERSON Judith Vos} sprak . {a Haar} auto reed .",
    "genitive of a place": "{a:GPE Rusland} groeide . {a:GPE Ruslands} auto reed .",
    "alias of a body": "{a:ORG Openbaar Ministerie} sprak . {a:ORG OM} zweeg .",
    "function": "Minister {a:PERSON Judith Vos} sprak . {a De minister} lachte .",
    "director": "Directeur {a:PERSON Mark Bos} sprak . {a De directeur} zweeg .",
    "province": "{a:GPE Limburg} groeide . {a De provincie} zweeg .",
    "land again": "{a:GPE Duitsland} groeide . {a Het land} zweeg .",
    "pair of leaders": "Leider {x:PERSON Mark Bos} zag {y:PERSON Judith Vos} . {a Beide leiders} zwegen .",
    "pair again": "{x:GPE Rusland} zag {y:GPE Mali} . {a Beide landen} zwegen . {a De twee landen} botsten .",
    "pair": "{x:GPE Rusland} en {y:GPE Noord-Korea} botsten . Gisteren zwegen {a beide landen} .",
}
APART = {
    "other sound": "{a:PERSON Walid Muallem} sprak . {b:PERSON Moreel} zweeg .",
    "short names have no sound": "{a:PERSON Jan Bous} sprak . {b:PERSON Bus} zweeg .",
    "compound of another noun": "{a:ORG Gezondheidsraad} sprak . {b De club} zweeg .",
    "name of a short word": "{a:ORG Kamerad} sprak . {b De rad} zweeg .",
    "two surnames": "{a:PERSON Frank Visser} won . {b:PERSON Tim Visser} lachte .",
    "possessor": "{a:PERSON Kim} sprak . {b De zus van Kim} zweeg .",
    "genitive possessor": "{a:PERSON Kim} kwam . {b Kims zus} zweeg .",
    "name in a place": "{a:GPE Leiden} groeide . {b:PERSON Leo Leiden} zweeg .",
    "letters of another": "{a:ORG Verenigde Naties} sprak . {b:ORG NAVO} zweeg .",
    "enumeration": "{a De vader} , {b de moeder} en het kind zwegen .",
    "other noun": "{a Een helikopter} kwam . {b De auto} reed .",
    "owners": "{a:PERSON Mark Bos} en {b:PERSON Judith Vos} botsten .",
    "town is no province": "{a:GPE Lutterade} groeide . {b De provincie} zweeg .",
    "city is no country": "{a:GPE Leiden} groeide . {b Het land} zweeg .",
    "a man is no she": "{a:PERSON Mark Bos} sprak . {b Zij} zweeg .",
    "a woman is no he": "{a:PERSON Judith Vos} sprak . {b Hij} zweeg .",
    "a city alone is no pair": "{a:GPE Leiden} groeide . {b Beide landen} zwegen .",
    "other office": "Minister {a:PERSON Judith Vos} sprak . {b De auto} reed .",
    "capital and country": "{a:GPE Moskou} sprak . {b:GPE Rusland} zweeg .",
    "palace and country": "{a:FAC Kremlin} sprak . {b:GPE Rusland} zweeg .",
    "her is no man": "{a:PERSON Mark Bos} sprak . {b Haar} auto reed .",
    "her brother": "{a:PERSON Judith Vos} sprak . {b Haar broer} zweeg .",
    "his own owner": "{a:PERSON Mark Bos} zag {b zijn broer} .",
    "members of a pair": "{a:GPE Rusland} en {b:GPE Noord-Korea} botsten . {c Beide landen} zwegen .",
}


@pytest.mark.parametrize("case", TOGETHER)
def test_mentions_of_one_end_in_one_chain(case):
    found = numbers(*read(TOGETHER[case]))
    if case == "pair":
        assert len({found["x"][0], found["y"][0], found["a"][0]} - {None}) == 3
        return
    assert None not in found["a"], found
    assert len(set(found["a"])) == 1, found


@pytest.mark.parametrize("case", APART)
def test_mentions_of_several_stay_apart(case):
    found = numbers(*read(APART[case]))
    chains = [{n for n in places if n is not None} for places in found.values()]
    for i, first in enumerate(chains):
        assert all(not first & other for other in chains[i + 1 :]), found


def test_both_countries_are_named_as_members():
    doc, _ = read(
        "{x:GPE Rusland} en {y:GPE Noord-Korea} botsten . Gisteren zwegen {a beide landen} ."
    )
    pair = next(c for c in find(doc) if c.members)
    assert pair.name == "Rusland en Noord-Korea"
    assert {find(doc)[i].name for i in pair.members} == {"Rusland", "Noord-Korea"}


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("{a:GPE ENSCHEDE} zweeg . // {a:GPE Enschede} groeide .", "Enschede"),
        ("{a:PERSON Poetins} auto reed . {a:PERSON Poetin} zweeg .", "Poetin"),
        ("{a:PERSON Hans} zweeg . {a:PERSON Hans} lachte .", "Hans"),
        ("{a:GPE VS} sprak . {a:GPE Verenigde Staten} zweeg .", "Verenigde Staten"),
        ("{a:ORG NASA} sprak . {a:ORG NASA} zweeg .", "NASA"),
    ],
)
def test_a_chain_has_its_fullest_name(marked, name):
    assert [chain.name for chain in find(read(marked)[0]) if len(chain.mentions) > 1] == [name]


def test_i_in_a_quote_is_its_speaker():
    doc, spans = read("“ {a Ik} kwam ” , zei {a:PERSON Judith Vos} .")
    say(doc, "Judith Vos", "“ Ik kwam ”")
    assert len(set(numbers(doc, spans)["a"])) == 1


def test_i_without_a_speaker_is_nobody_named():
    doc, spans = read("“ {b Ik} kwam ” . // {a:PERSON Judith Vos} zweeg .")
    found = numbers(doc, spans)
    assert found["b"][0] is None or found["b"] != found["a"]


@pytest.mark.parametrize(
    ("told", "together"),
    [
        ("zei woordvoerder {b:PERSON Laure Peeters} van {a:ORG Infrabel}", True),
        ("zei woordvoerder {b:PERSON Laure Peeters} van de {a:ORG VRT}", True),
        ("zei woordvoerder {b:PERSON Laure Peeters} ( {a:ORG Infrabel} )", True),
        ("zei woordvoerder {b:PERSON Laure Peeters} tegen {a:ORG Infrabel}", False),
        ("zei zangeres {b:PERSON Laure Peeters} van {a:ORG Infrabel}", False),
    ],
)
def test_a_spokeswoman_says_we_of_her_organisation_not_of_whom_she_speaks_to(told, together):
    doc, spans = read("“ {a We} zwegen ” , " + told + " .")
    say(doc, "Laure Peeters", "“ We zwegen ”")
    found = numbers(doc, spans)["a"]
    assert (found[0] is not None and found[0] == found[1]) == together


def test_reflexive_me_is_no_mention():
    doc, _ = read("“ Ik herinner me niet ” , zei {a:PERSON Judith Vos} .")
    say(doc, "Judith Vos", "“ Ik herinner me niet ”")
    assert all(doc.text[s:e] != "me" for chain in find(doc) for s, e, _ in chain.mentions)


def test_he_in_a_quote_is_not_its_speaker():
    doc, spans = read("{a:PERSON Mark Bos} : “ {b Hij} liegt ” .")
    say(doc, "Mark Bos", "“ Hij liegt ”")
    assert numbers(doc, spans)["b"] != numbers(doc, spans)["a"]


def test_he_who_speaks_is_a_person():
    marked = "{a:PERSON Mark Bos} zag {b een helikopter} . {a Hij} zei dat {c het land} groeide ."
    doc, marks = read(marked)
    say(doc, "Hij", "het land groeide")
    found = numbers(doc, marks)
    assert found["a"][0] == found["a"][1] is not None
    assert found["a"][0] not in found["b"]


def test_he_who_speaks_is_no_thing_even_where_nobody_is_named():
    doc, marks = read("{b Een helikopter} kwam . {a Hij} zei dat het land groeide .")
    say(doc, "Hij", "het land groeide")
    found = numbers(doc, marks)
    assert found["a"] == [None] or found["a"] != found["b"]


def test_her_lawyers_client_is_she():
    doc, spans = read(
        "{a:PERSON Judith Vos} zweeg . {a Haar} advocaat {b:PERSON Mark Bos} sprak . "
        "{b Hij} zag {a zijn cliënte} ."
    )
    assert len(set(numbers(doc, spans)["a"])) == 1


def test_arguments_of_one_verb_are_two():
    words = ["Mark", "Bos", "zag", "hem", "."]
    doc = Doc(
        NLP.vocab,
        words=words,
        pos=["PROPN", "PROPN", "VERB", "PRON", "PUNCT"],
        heads=[2, 0, 2, 2, 2],
        deps=["nsubj", "flat", "ROOT", "obj", "punct"],
        tags=["SPEC|deeleigen"] * 2 + ["WW|pv|verl|ev", "", "LET"],
    )
    store_entities(doc, [FoundEntity(0, 8, "PERSON", 1.0, "test")])
    assert [len(chain.mentions) for chain in find(doc)] == [1]


def test_a_lone_name_is_a_chain_of_one_and_marked():
    doc, _ = read("{a:PERSON Kim} sprak .")
    CoreferenceFinder("test")(doc)
    records = doc.spans["annotate_coreference"].attrs["chains"]
    assert [(r["name"], r["singleton"]) for r in records] == [("Kim", True)]


def test_the_fullest_name_is_the_name():
    doc, _ = read("{a:PERSON Vos} won . {a:PERSON Judith Vos} lachte . {a Zij} zweeg .")
    (chain,) = find(doc)
    assert (chain.name, chain.label) == ("Judith Vos", "PERSON")
    assert [kind for *_, kind in chain.mentions] == ["name", "name", "pronoun"]


@pytest.mark.parametrize(
    ("marked", "source", "name"),
    [
        ("{a:PERSON Mark Bos} zweeg . Premier {a:PERSON Bos} sprak .", "Premier Bos", "Mark Bos"),
        ("{a:PERSON Kim} kwam . De zus van Kim sprak .", "De zus van Kim", "De zus van Kim"),
        ("{a:PERSON Judith Vos} kwam . Zij sprak .", "Zij", "Judith Vos"),
        ("Het ministerie sprak .", "Het ministerie", "Het ministerie"),
    ],
)
def test_source_is_resolved_by_the_head_of_its_phrase(marked, source, name):
    doc, _ = read(marked)
    say(doc, source, doc.text[-9:])
    CoreferenceFinder("test")(doc)
    at = doc.text.index(source)
    assert speaker_name(doc, stored_chains(doc), [(at, at + len(source))]) == name


def test_source_outside_everything_is_its_own_words_without_article():
    doc, _ = read("Gisteren sprak een stem .")
    CoreferenceFinder("test")(doc)
    at = doc.text.index("een stem")
    source = [(at, at + len("een stem"))]
    assert resolve_source(doc, stored_chains(doc), source)[1] is None
    assert speaker_name(doc, stored_chains(doc), source) == "stem"
    assert resolve_source(doc, stored_chains(doc), []) == (None, None)


def test_chains_survive_a_docbin():
    doc, _ = read(TOGETHER["he"])
    CoreferenceFinder("test")(doc)
    (again,) = DocBin(store_user_data=True, docs=[doc]).get_docs(NLP.vocab)
    assert stored_chains(again) == stored_chains(doc) == find(doc)


def test_a_doc_without_the_component_has_no_chains():
    assert stored_chains(NLP("Kim sprak.")) == []


def test_component_runs_in_any_dutch_pipeline():
    nlp = spacy.blank("nl")
    nlp.add_pipe("annotate_coreference")
    assert stored_chains(nlp("")) == []
    assert not nlp.analyze_pipes()["problems"]["annotate_coreference"]


def test_sieves_have_names_of_their_own():
    names = [sieve.__name__ for sieve in SIEVES]
    assert len(set(names)) == len(names)
    assert names.index("exact_names") < names.index("anaphors")


@pytest.mark.parametrize(
    ("word", "entry"),
    [
        ("wandelcoach", "coach"),
        ("tuincommissie", "commissie"),
        ("VVD'er".lower(), "'er"),
        ("roman", "roman"),
    ],
)
def test_compounds_are_known_by_their_last_part(word, entry):
    assert noun(word).form == entry


@pytest.mark.parametrize("word", ["moment", "kwast", "xqzw"])
def test_endings_alone_make_no_person(word):
    assert "person" not in noun(word).sorts


def test_singulars_and_first_names():
    assert "man" in singulars("mannen")
    assert "politicus" in singulars("politici")
    assert (first_name_gender("Judith"), first_name_gender("Kim"), first_name_gender("Xq")) == (
        "f",
        "fm",
        "",
    )


@pytest.mark.parametrize(
    "name", ["aliases", "first_names", "inverse", "nouns", "pronouns", "weights", "words"]
)
def test_lists_are_sourced_and_without_doubles(name):
    rows = read_table(f"coref_{name}")
    assert rows
    assert len(set(rows)) == len(rows)


@given(
    st.lists(st.sampled_from([*CLASS, "Kim", "helikopter", "premier", "//", "auto's"]), max_size=30)
)
def test_any_words_give_chains_inside_the_text(words):
    doc, _ = read(" ".join("{a:PERSON Kim}" if word == "Kim" else word for word in words))
    seen = set()
    for chain in find(doc):
        assert chain.mentions == sorted(chain.mentions)
        assert len(chain.rules) == len(chain.mentions)
        for start, end, _ in chain.mentions:
            assert 0 <= start < end <= len(doc.text)
            assert (start, end) not in seen
            seen.add((start, end))
