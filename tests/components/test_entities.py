"""Names that the model broke off at a hyphen are made whole."""

import pytest

from annotate.components.entities import FoundEntity, whole_names


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("Kim Jong-un sprak", ["Kim Jong-"], ["Kim Jong-un"]),
        ("Akke Visser-Dijkstra sprak", ["Akke Visser-", "Dijkstra"], ["Akke Visser-Dijkstra"]),
        ("Deborra-Lee Furness zong", ["Deborra-", "Lee Furness"], ["Deborra-Lee Furness"]),
        ("de VN-sancties", ["VN"], ["VN"]),
        ("GroenLinks-PvdA won", ["GroenLinks-PvdA"], ["GroenLinks-PvdA"]),
        ("het vlees van Roos- en Boterman", ["Roos-", "Boterman"], ["Roos", "Boterman"]),
        ("Jan- kwam", ["Jan-"], ["Jan"]),
    ],
)
def test_a_name_does_not_end_in_a_hyphen(text: str, found: list[str], whole: list[str]) -> None:
    entities = [
        FoundEntity(text.index(name), text.index(name) + len(name), "PERSON", 1.0, "head")
        for name in found
    ]
    assert [text[e.start : e.end] for e in whole_names(text, entities)] == whole
