"""The sample articles: each has a checked gold answer, and together they show what is hard."""

import json
import re
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from annotate.labels import ACTS, ENTITY_LABELS, VALUE_LABELS

SAMPLES = Path(__file__).parent.parent / "samples"
STEMS = sorted(path.stem for path in SAMPLES.glob("*.txt"))
GOLD: dict[str, dict[str, Any]] = {
    stem: json.loads((SAMPLES / "gold" / f"{stem}.gold.jsonl").read_text("utf-8"))
    for stem in STEMS
    if (SAMPLES / "gold" / f"{stem}.gold.jsonl").exists()
}
KEYS = ["id", "title", "date", "text", "entities", "attributions", "chains", "values"]
CHAIN_LABELS = {"GROUP", "OTHER", *ENTITY_LABELS} - VALUE_LABELS
CLOSING = "\"'’”»"

QUOTED = re.compile(
    r"""  "[^"\n]+"                       # "straight double"
        | “[^”\n]+”                       # “curly double”
        | „[^”\n]+(?:”|$)                 # „low”, left open at the end of a paragraph
        | «[^»\n]+»                       # « guillemets »
        | ‘[^’\n]+’(?!\w)                 # ‘curly single’
        | (?<!\w)'(?![st]\b)[^'\n]+'(?!\w)  # 'straight single', but not 's avonds or auto's
    """,
    re.VERBOSE | re.MULTILINE,
)

DATE_VALUE = re.compile(
    r"(?:\d{2,4}|XXXX)(?:-(?:\d\d|XX))?(?:-(?:\d\d|XX))?"  # century to day
    r"|(?:\d{4}|XXXX)-(?:W(?:\d\d|XX)(?:-(?:WE|[1-7]))?|Q[1-4]|H[12]|SP|SU|FA|WI)"
    r"|PRESENT_REF|PAST_REF|FUTURE_REF"
)
TIME_VALUE = re.compile(r"\d{4}-\d\d-\d\dT(?:\d\d:\d\d|MO|AF|EV|NI)")
DURATION_VALUE = re.compile(r"P(?:[\dX]+[YMWD])*(?:T(?:[\dX]+[HMS])+)?(?<!P)")


def pieces(text: str, spans: list[list[int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def quoted_type(parts: list[str]) -> str:
    """Type of a content by its quotation marks: direct, mixed or indirect."""
    if not any(QUOTED.search(part) for part in parts):
        return "indirect"
    whole = all(QUOTED.fullmatch(part) for part in parts)
    return "direct" if whole and parts[-1][-1] in CLOSING else "mixed"


def on_word_edges(text: str, start: int, end: int) -> bool:
    """True where the span begins and ends with a word, or at the hyphen of a compound."""
    return not any(
        0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum()
        for edge in (start, end)
    )


def all_attributions() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(gold, found) for gold in GOLD.values() for found in gold["attributions"]]


def cue(gold: dict[str, Any], found: dict[str, Any]) -> str:
    return " ".join(pieces(gold["text"], found["cue"])).lower()


def inside_content(gold: dict[str, Any], start: int, end: int) -> bool:
    return any(s <= start and end <= e for a in gold["attributions"] for s, e in a["content"])


sample = pytest.mark.parametrize("stem", STEMS)


# The helpers themselves


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["dat hij om 's nachts komen vroeg met twee auto's"], "indirect"),
        (["dat het ‘een schande’ is"], "mixed"),
        (["„Ja”"], "direct"),
        (["« Ja »", "« nu »"], "direct"),
        (["'Ja,'", "nu niet"], "mixed"),
        (["„Eerste alinea.", "„Tweede alinea.”"], "direct"),
        (['"Ja" zei hij'], "mixed"),
        (['"Ja" en "nee"'], "mixed"),
        (["„Een alinea die open blijft."], "mixed"),
    ],
)
def test_quoted_type(parts: list[str], expected: str) -> None:
    assert quoted_type(parts) == expected


def test_on_word_edges() -> None:
    text = "De VN-sancties, auto's"
    assert on_word_edges(text, 3, 5)
    assert on_word_edges(text, 3, 14)
    assert not on_word_edges(text, 3, 8)
    assert not on_word_edges(text, 4, 14)


# Every sample


def test_there_are_at_least_eight() -> None:
    assert len(STEMS) >= 8


def test_gold_and_samples_are_pairs() -> None:
    found = {path.name.removesuffix(".gold.jsonl") for path in (SAMPLES / "gold").iterdir()}
    assert found == set(STEMS)


@sample
def test_gold_is_one_line_in_the_corpus_format(stem: str) -> None:
    raw = (SAMPLES / "gold" / f"{stem}.gold.jsonl").read_text("utf-8")
    assert raw.endswith("}\n")
    assert raw.count("\n") == 1
    assert list(GOLD[stem]) == KEYS
    assert GOLD[stem]["id"] == stem


@sample
def test_text_is_what_follows_the_header(stem: str) -> None:
    gold, raw = GOLD[stem], (SAMPLES / f"{stem}.txt").read_text("utf-8")
    text = gold["text"]
    assert text == text.strip()
    assert raw.rstrip().endswith(text)
    header = raw.rstrip().removesuffix(text)
    assert bool(header.strip()) == (gold["date"] is not None)
    assert len(header) < 200


@sample
def test_headline_comes_first(stem: str) -> None:
    gold = GOLD[stem]
    headline, first, *_ = gold["text"].split("\n\n")
    assert headline == gold["title"]
    assert first
    assert not headline.endswith(".")


@sample
def test_length_and_layout_of_an_article(stem: str) -> None:
    text = GOLD[stem]["text"]
    assert 200 <= len(text.split()) <= 450
    assert not re.search(r"[ \t]\n|\n[ \t]|\n{3}|(?<!\n)\n(?!\n)| {2}|\r|\t", text)


@sample
def test_every_span_lies_in_the_text_on_word_edges(stem: str) -> None:
    gold = GOLD[stem]
    text = gold["text"]
    spans = [(s, e) for s, e, _ in gold["entities"]]
    for found in gold["attributions"]:
        spans += [(s, e) for key in ("source", "cue", "content") for s, e in found[key]]
    spans += [(s, e) for chain in gold["chains"] for s, e in chain["mentions"]]
    spans += [(s, e) for s, e, *_ in gold["values"]]
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert on_word_edges(text, start, end), text[start:end]


@sample
def test_entities_have_known_labels_and_do_not_overlap(stem: str) -> None:
    entities = GOLD[stem]["entities"]
    assert {label for *_, label in entities} <= set(ENTITY_LABELS)
    assert all(one[1] <= two[0] for one, two in pairwise(entities))


@sample
def test_attributions_are_well_formed(stem: str) -> None:
    gold = GOLD[stem]
    for found in gold["attributions"]:
        assert found["content"]
        assert found["act"] in ACTS
        assert found["polarity"] in ("+", "-")
        assert bool(found["source"]) == bool(found["speaker"])
        for key in ("source", "cue", "content"):
            assert all(one[1] <= two[0] for one, two in pairwise(found[key]))
        for one, two in combinations(("source", "cue", "content"), 2):
            for (s, e), (start, end) in ((x, y) for x in found[one] for y in found[two]):
                assert e <= start or end <= s, (one, two, gold["text"][s:e])


@sample
def test_type_agrees_with_the_quotation_marks(stem: str) -> None:
    gold = GOLD[stem]
    for found in gold["attributions"]:
        parts = pieces(gold["text"], found["content"])
        assert found["type"] == quoted_type(parts), parts


@sample
def test_content_ends_without_stop_or_comma(stem: str) -> None:
    gold = GOLD[stem]
    for found in gold["attributions"]:
        last = pieces(gold["text"], found["content"])[-1]
        assert last[-1] not in ".,;:", last


@sample
def test_no_attribution_twice(stem: str) -> None:
    keys = [json.dumps([a["source"], a["cue"], a["content"]]) for a in GOLD[stem]["attributions"]]
    assert len(keys) == len(set(keys))


@sample
def test_chains_have_two_mentions_or_more_and_share_none(stem: str) -> None:
    chains = GOLD[stem]["chains"]
    seen = [tuple(mention) for chain in chains for mention in chain["mentions"]]
    assert len(seen) == len(set(seen))
    for chain in chains:
        assert len(chain["mentions"]) >= 2
        assert chain["label"] in CHAIN_LABELS
        assert chain["name"]


@sample
def test_values_belong_to_the_dates_and_numbers(stem: str) -> None:
    gold = GOLD[stem]
    numeric = [entity for entity in gold["entities"] if entity[2] in VALUE_LABELS]
    assert [value[:3] for value in gold["values"]] == numeric


@sample
def test_values_are_written_as_the_guidelines_say(stem: str) -> None:
    for *_, label, value in GOLD[stem]["values"]:
        if value is None:
            continue
        kind, content = value["type"], value["value"]
        if label in ("DATE", "TIME"):
            assert kind in ("date", "time", "duration", "set")
            pattern = {"date": DATE_VALUE, "time": TIME_VALUE}.get(kind, DURATION_VALUE)
            assert pattern.fullmatch(content), content
            assert "unit" not in value
        else:
            numbers = content if isinstance(content, list) else [content]
            assert all(isinstance(number, int | float) for number in numbers)
            assert kind == {"CARDINAL": "number"}.get(label, label.lower())
            assert bool(value.get("unit")) == (kind in ("money", "percent", "quantity"))


@sample
def test_relative_dates_need_a_date(stem: str) -> None:
    gold = GOLD[stem]
    if gold["date"] is not None:
        return
    for start, end, _, value in gold["values"]:
        if value and value["type"] in ("date", "time"):
            assert value["value"].startswith("XXXX") or value["value"] == gold["text"][start:end]


# All samples together


def test_every_act_type_and_polarity() -> None:
    found = [a for _, a in all_attributions()]
    assert {a["act"] for a in found} == set(ACTS)
    assert {a["type"] for a in found} == {"direct", "indirect", "mixed"}
    assert {a["polarity"] for a in found} == {"+", "-"}


@pytest.mark.parametrize("marks", ["''", '""', "‘’", "“”", "„”", "«»"])
def test_every_kind_of_quotation_mark(marks: str) -> None:
    opening, closing = marks
    users = {
        gold["id"]
        for gold, found in all_attributions()
        if found["type"] == "direct"
        for part in [gold["text"][found["content"][0][0] : found["content"][-1][1]]]
        if part[0] == opening and part[-1] == closing
    }
    assert users


def test_reports_without_a_source() -> None:
    cues = {cue(gold, a) for gold, a in all_attributions() if not a["source"]}
    assert {"zou", "zouden", "verwacht", "naar verluidt", "gerucht", "geraamd"} <= cues


def test_quotes_without_a_cue() -> None:
    bare = [a for _, a in all_attributions() if not a["cue"]]
    assert len(bare) >= 10
    assert all(a["type"] == "direct" and a["source"] for a in bare)


def test_nouns_that_report() -> None:
    cues = {cue(gold, a) for gold, a in all_attributions()}
    assert {"bewering", "suggestie", "gerucht", "belofte", "hoop", "vraag"} <= cues


def test_negated_cues_and_denials() -> None:
    marked = {(cue(gold, a), a["act"], a["polarity"]) for gold, a in all_attributions()}
    assert {
        ("ontkende", "deny", "-"),
        ("ontkende", "deny", "+"),  # ontkende niet
        ("zegt", "say", "-"),  # zegt … niet
        ("beloven", "promise", "-"),  # wil niet beloven
        ("gelooft", "opinion", "-"),  # gelooft … niet
        ("bevestigen ontkennen", "say", "-"),  # bevestigen noch ontkennen
        ("sluit uit", "deny", "-"),
        ("sluiten uit", "predict", "+"),  # sluiten niet uit
    } <= marked


def test_clauses_with_and_without_a_conjunction() -> None:
    starts = {gold["text"][a["content"][0][0] :].split()[0] for gold, a in all_attributions()}
    assert {"dat", "of", "om", "te", "geen", "verdiende"} <= starts


def test_pronouns_as_sources() -> None:
    sources = {" ".join(pieces(gold["text"], a["source"])) for gold, a in all_attributions()}
    assert {"hij", "ze", "Zij", "haar", "hem", "die", "ik", "men", "Zijn"} <= sources


def test_documents_as_sources() -> None:
    sources = " / ".join(" ".join(pieces(g["text"], a["source"])) for g, a in all_attributions())
    for document in ("resolutie", "rapport", "cijfers", "enquête", "proces-verbaal"):
        assert document in sources


def test_phrases_as_cues() -> None:
    cues = {cue(gold, a) for gold, a in all_attributions()}
    assert {"volgens", "aldus", "naar eigen zeggen", "klinkt", "luidt", "noemde", "noemt"} <= cues


def test_reports_inside_reports() -> None:
    nested = [
        a
        for gold, a in all_attributions()
        for b in gold["attributions"]
        if a is not b and a["cue"] and any(s <= a["cue"][0][0] < e for s, e in b["content"])
    ]
    assert len(nested) >= 8


def test_quotes_that_are_interrupted() -> None:
    split = [a for _, a in all_attributions() if a["type"] == "direct" and len(a["content"]) == 2]
    between = [
        a
        for a in split
        for start, _ in a["cue"][:1]
        if a["content"][0][1] <= start < a["content"][1][0]
    ]
    assert len(between) >= 6


def test_a_quote_over_several_paragraphs() -> None:
    assert any(
        gold["text"][one[1] : two[0]] == "\n\n"
        for gold, a in all_attributions()
        for one, two in pairwise(a["content"])
    )


def test_headline_quotes() -> None:
    assert any(a["content"][0][1] <= len(gold["title"]) for gold, a in all_attributions())


def test_scare_quotes_and_titles_are_no_attribution() -> None:
    loose = [
        gold["text"][m.start() : m.end()]
        for gold in GOLD.values()
        for m in QUOTED.finditer(gold["text"])
        if not inside_content(gold, m.start(), m.end())
    ]
    assert {"'noodnummer'", "'kelderkraker'", "'De bever en wij'"} <= set(loose)


def test_names_inside_compounds() -> None:
    assert any(
        gold["text"][end : end + 1] == "-" and gold["text"][end + 1].islower()
        for gold in GOLD.values()
        for _, end, _ in gold["entities"]
    )


def test_one_article_with_hardly_any_attribution() -> None:
    fewest = min(GOLD.values(), key=lambda gold: len(gold["attributions"]))
    assert 1 <= len(fewest["attributions"]) <= 3
    assert len(fewest["entities"]) >= 40


@pytest.mark.parametrize(
    "pattern",
    [
        r"\A date \d{4}-\d\d \S",  # month, running straight into the text
        r"\Adate \d{4}-\d\d-\d\d \S",  # day, running straight into the text
        r"\Adate \d{4}-\d\d-\d\d\n\n\S",  # a line of its own
        r"\AKrant: .+\nDatum: \d{4}-\d\d-\d\d\n(?:\w+: .+\n)+\n\S",  # Key: value lines
        r"\ADatum: \d\d? [a-z]+ \d{4}\n(?:\w+: .+\n)+\n\S",  # a date in words
        r"\A---\n(?:\w+: .+\n)+---\n\n\S",  # YAML front matter
    ],
)
def test_every_kind_of_header(pattern: str) -> None:
    raw = [(SAMPLES / f"{stem}.txt").read_text("utf-8") for stem in STEMS]
    assert any(re.search(pattern, text) for text in raw)


def test_the_car_of_kim_jong_un() -> None:
    gold = GOLD["kim-aurus"]
    names = {gold["text"][s:e] for s, e, _ in gold["entities"]}
    assert {"Kim Jong-un", "Vladimir Poetin", "Aurus", "Kremlin", "VN-Veiligheidsraad"} <= names
    assert {"accuse", "deny"} <= {a["act"] for a in gold["attributions"]}
    assert {"direct", "mixed"} <= {a["type"] for a in gold["attributions"]}
    assert any(not a["source"] for a in gold["attributions"])


def test_every_sample_is_described() -> None:
    readme = (SAMPLES / "README.md").read_text("utf-8")
    assert all(f"`{stem}.txt`" in readme for stem in STEMS)
    assert "CC BY 4.0" in readme
