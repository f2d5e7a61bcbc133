"""The pipeline as a library and inside other people's spaCy pipelines."""

import shutil
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

import annotate
from annotate.article import Article, Failure
from annotate.components.attributions import stored_attributions
from annotate.components.entities import stored_entities
from annotate.errors import ModelError
from annotate.pipeline import Annotator, load, load_pipeline
from annotate.serialize import from_dict, to_dict
from annotate.shipped import model_path

pytestmark = pytest.mark.model

UPOS = frozenset(
    {
        *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN"),
        *("NUM", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
    }
)

TEXT = (
    "Wethouder wil brug sluiten\n\n"
    "Wethouder Karim Bouazza van Meerdrecht wil de brug over de Vliet sluiten. "
    "Volgens hem is de brug onveilig. ‘Dit is niet te verantwoorden’, zei hij dinsdag.\n\n"
    "De provincie ontkent dat zij het onderhoud heeft laten liggen."
)


def test_the_library_gives_dataclasses_that_survive_json(annotator: Annotator) -> None:
    found = annotator(TEXT)
    assert isinstance(found, annotate.Annotation)
    assert from_dict(to_dict(found)) == found
    assert found == annotator(TEXT)


def test_what_a_reporter_wants_to_know(annotator: Annotator) -> None:
    found = annotator(TEXT)
    said = {(a.source.text, a.cue.text): a for a in found.attributions}
    denial = said["De provincie", "ontkent"]
    assert (denial.act, denial.polarity) == ("deny", "-")
    assert said["hem", "Volgens"].source.kind == "pronoun"
    assert said["hij", "zei"].type == "direct"
    assert said["hij", "zei"].source.name == "Karim Bouazza"
    assert {"Karim Bouazza", "Meerdrecht"} <= {e.name for e in found.entities}
    assert [s.kind for s in found.sections] == ["heading", "paragraph", "paragraph"]


def test_failures_travel_in_place(annotator: Annotator, monkeypatch: pytest.MonkeyPatch) -> None:
    real = annotator.nlp.make_doc

    def broken(text: str):
        if "kapot" in text:
            message = "boem"
            raise RuntimeError(message)
        return real(text)

    monkeypatch.setattr(annotator.nlp, "make_doc", broken)
    articles = [Article("a", "Het regent."), Article("b", "kapot"), Article("c", "De zon schijnt.")]
    first, second, third = annotator.pipe(articles)
    assert isinstance(second, Failure)
    assert "RuntimeError" in second.message
    assert (first.id, second.id, third.id) == ("a", "b", "c")


@pytest.mark.slow
def test_two_processes_give_the_same_in_the_same_order(annotator: Annotator) -> None:
    articles = [Article(str(i), f"{TEXT}\n\nDat was bericht {i}.") for i in range(4)]
    alone = list(annotator.pipe(articles))
    together = list(annotator.pipe(articles, workers=2))
    assert [a.id for a in together] == ["0", "1", "2", "3"]
    assert [a.attributions for a in together] == [a.attributions for a in alone]


@pytest.fixture(scope="module")
def nlp():
    return spacy.load(model_path("nl_news"))


def test_spacy_loads_the_folder_and_every_label_is_known(nlp) -> None:
    doc = nlp(TEXT)
    assert {token.pos_ for token in doc if not token.is_space} <= UPOS
    assert len(list(doc.sents)) >= 4
    assert all(sum(t.head == t for t in sent) >= 1 for sent in doc.sents)
    assert not any("_" in token.lemma_ for token in doc)
    assert nlp.analyze_pipes()["problems"] == {name: [] for name in nlp.pipe_names}


def test_separable_verbs_are_joined(nlp) -> None:
    doc = nlp("De minister kondigde gisteren nieuwe maatregelen aan.")
    assert doc[2].lemma_ == "aankondigen"


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Koerts: ,,Ik heb hard getraind.'' Hij won.", ["Koerts", "Hij"]),
        ("Pastrana verklaarde: “Dat is een klap.” Zij zweeg.", ["Pastrana", "Zij"]),
        ("Hij verwacht weinig van de omleiding. 'Die is er ook geweest.'", ["Hij", "'"]),
        ("Wij gaan vandaag weg. Zij komen morgen terug.", ["Wij", "Zij"]),
    ],
)
def test_where_sentences_start(nlp, text, starts) -> None:
    assert [sent[0].text for sent in nlp(text).sents] == starts


def test_docs_survive_docbin_and_processes(nlp) -> None:
    doc = nlp(TEXT)
    packed = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (back,) = DocBin(store_user_data=True).from_bytes(packed).get_docs(nlp.vocab)
    assert stored_attributions(back) == stored_attributions(doc)
    assert stored_entities(back) == stored_entities(doc)


@pytest.mark.slow
def test_spacy_may_run_it_in_two_processes(nlp) -> None:
    alone = [stored_attributions(doc) for doc in nlp.pipe([TEXT] * 4)]
    together = [stored_attributions(doc) for doc in nlp.pipe([TEXT] * 4, n_process=2, batch_size=1)]
    assert together == alone


def test_a_saved_pipeline_gives_the_same(nlp, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "kopie")
    again = spacy.load(tmp_path / "kopie")
    assert stored_attributions(again(TEXT)) == stored_attributions(nlp(TEXT))


def test_attributions_alone_work_in_any_dutch_pipeline_and_are_saved_with_it(
    tmp_path: Path,
) -> None:
    other = spacy.blank("nl")
    other.add_pipe("sentencizer")
    other.add_pipe("annotate_attributions")
    found = stored_attributions(other(TEXT))
    assert {a.act for a in found} >= {"say", "deny"}
    other.to_disk(tmp_path / "eigen")
    assert stored_attributions(spacy.load(tmp_path / "eigen")(TEXT)) == found


def train_tiny(folder: Path) -> None:
    """Write a pipeline of the anatomy of nl_core_news_sm, trained on a handful of sentences."""
    from spacy.training import Example

    from annotate.labels import ENTITY_LABELS

    nlp = spacy.blank("nl")
    nlp.meta.update(name="core_news_sm", version="3.8.0")
    for name in ("tok2vec", "morphologizer", "tagger", "parser", "ner"):
        nlp.add_pipe(name)
    words = ["Karim", "Bouazza", "woont", "in", "Meerdrecht", "."]
    sentence = {
        "words": words,
        "tags": ["SPEC", "SPEC", "WW", "VZ", "SPEC", "LET"],
        "pos": ["PROPN", "PROPN", "VERB", "ADP", "PROPN", "PUNCT"],
        "heads": [2, 0, 2, 4, 2, 2],
        "deps": ["nsubj", "flat", "ROOT", "case", "obl", "punct"],
        "entities": [(0, 13, "PERSON"), (23, 33, "GPE")],
    }
    text = "Karim Bouazza woont in Meerdrecht."
    # the parser learns no label that occurs fewer than 30 times
    examples = [Example.from_dict(nlp.make_doc(text), sentence) for _ in range(40)]
    for label in ENTITY_LABELS:
        nlp.get_pipe("ner").add_label(label)  # type: ignore[attr-defined]
    spacy.util.fix_random_seed(1)
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(25):
        nlp.update(examples, sgd=optimizer)
    nlp.to_disk(folder)


@pytest.fixture(scope="module")
def core_news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of installed packages with nl_core_news_sm in it, laid out as pip does."""
    site = tmp_path_factory.mktemp("site")
    package = site / "nl_core_news_sm"
    data = package / "nl_core_news_sm-3.8.0"
    package.mkdir()
    train_tiny(data)
    shutil.copy(data / "meta.json", package / "meta.json")
    (package / "__init__.py").write_text(
        "from spacy.util import load_model_from_init_py\n\n\n"
        "def load(**overrides):\n    return load_model_from_init_py(__file__, **overrides)\n"
    )
    info = site / "nl_core_news_sm-3.8.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nl_core_news_sm\nVersion: 3.8.0\n")
    (info / "entry_points.txt").write_text("[spacy_models]\nnl_core_news_sm = nl_core_news_sm\n")
    return site


def test_nl_core_news_sm_brings_its_entities_we_the_attributions(
    core_news: Path, run, tmp_path: Path
) -> None:
    import json

    article = tmp_path / "artikel.txt"
    text = "Karim Bouazza woont in Meerdrecht. ‘Ik blijf hier’, zei Karim Bouazza."
    article.write_text(text, encoding="utf-8")
    done = run("--model", "nl_core_news_sm", article, env={"PYTHONPATH": str(core_news)})
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)
    assert row["model"] == {"name": "nl_core_news_sm", "version": "3.8.0"}
    assert {m["rule"] for m in row["mentions"] if m["kind"] == "name"} == {"doc.ents"}
    assert "Meerdrecht" in {m["text"] for m in row["mentions"]}
    assert [a["cue"]["text"] for a in row["attributions"]] == ["zei"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "meta.json").write_text("{"),
        lambda folder: (folder / "meta.json").unlink(),
        lambda folder: (folder / "annotate_encoder" / "encoder.onnx").write_bytes(b"half"),
        lambda folder: (folder / "annotate_encoder" / "vectors.scales.npy").unlink(),
        lambda folder: (folder / "annotate_entities" / "heads.npz").write_bytes(b"PK"),
        lambda folder: (folder / "annotate_syntax" / "labels.json").write_text("[1,"),
        lambda folder: (folder / "config.cfg").write_text("niets"),
        lambda folder: shutil.rmtree(folder / "annotate_attributions"),
    ],
)
def test_a_damaged_model_is_a_clear_error(damage, tmp_path: Path) -> None:
    folder = tmp_path / "kapot"
    shutil.copytree(model_path("nl_news"), folder)
    damage(folder)
    with pytest.raises(ModelError) as caught:
        load(folder)("Het regent in Meerdrecht.")
    assert str(caught.value).count("\n") == 0
    assert caught.value.exit_code == 3


def test_another_language_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "engels")
    with pytest.raises(ModelError, match="not for Dutch"):
        load_pipeline(tmp_path / "engels")


def test_a_missing_onnxruntime_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    annotator = load()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ModelError, match="pip install onnxruntime"):
        annotator("Het regent.")


@pytest.mark.parametrize(
    "text",
    [
        "woord",
        "x" * 5000 + " is een lang woord.",
        "ALLES IN HOOFDLETTERS, ZEI DE MINISTER VAN VERKEER.",
        "他说这很重要。 Он сказал, что это важно. قال إن هذا مهم.",
        "👨‍👩‍👧‍👦 zei: “e\u0301e\u0301n” 🇳🇱!",
        "a\x00b",
        "\ud800 los",
        "‘" * 50,
        "- / + ( ) ... -- ((( )))",
    ],
)
def test_odd_texts_have_right_offsets(annotator: Annotator, text: str) -> None:
    found = annotator(text)
    assert len(found.text) == len(text)
    for mention in found.mentions:
        assert found.text[mention.start : mention.end] == mention.text
    from_dict(to_dict(found))


@pytest.mark.slow
def test_a_sentence_of_5000_words(annotator: Annotator) -> None:
    text = "De minister zei dat " + "en dat het regent " * 1250 + "."
    found = annotator(text)
    assert found.sentences[-1].end == len(text)


def test_an_empty_text_is_annotated_with_nothing(annotator: Annotator) -> None:
    found = annotator("")
    assert (found.mentions, found.attributions, found.sentences) == ((), (), ())
