"""With ``explain`` the terminal view tells what made each row; without, it does not."""

import re
from dataclasses import replace

import pytest

from annotate.exporters import ExportOptions, get_exporter
from annotate.exporters.terminal.statements import makers_of_entities
from tests.examples import KREMLIN


def shown(annotation, **options):
    text = "".join(get_exporter("rich").export([annotation], ExportOptions(**options)))
    return " ".join(text.split())


@pytest.mark.parametrize("width", [60, 80, 140])
def test_each_statement_entity_and_claim_tells_what_made_it(width):
    text = shown(KREMLIN, width=width, explain=True)
    for item in (*KREMLIN.attributions, *KREMLIN.claims, *KREMLIN.mentions):
        assert item.rule in text.replace(" ", "") or item.rule in text
    squeezed = re.sub(r"\s", "", text)
    for item in KREMLIN.attributions:
        assert f"{item.confidence:.2f}" in squeezed


@pytest.mark.parametrize("width", [60, 140])
def test_nothing_of_it_is_shown_unasked(width):
    marked = replace(
        KREMLIN,
        attributions=tuple(replace(a, rule="maker-a") for a in KREMLIN.attributions),
        claims=tuple(replace(c, rule="maker-c") for c in KREMLIN.claims),
        mentions=tuple(replace(m, rule="maker-m") for m in KREMLIN.mentions),
    )
    assert "maker-" not in shown(marked, width=width)
    text = shown(marked, width=width, explain=True)
    assert all(name in text for name in ("maker-a", "maker-c", "maker-m"))


def test_an_entity_names_each_maker_once_with_its_surest_mention():
    name = KREMLIN.entities[0].id
    own = [m for m in KREMLIN.mentions if m.entity == name]
    rules = {m.rule for m in own}
    made = makers_of_entities(KREMLIN)[name]
    assert len(made.split(", ")) == len(rules)
    for rule in rules:
        sure = [m.confidence for m in own if m.rule == rule and m.confidence is not None]
        assert (f"{rule} {max(sure):.2f}" if sure else rule) in made
