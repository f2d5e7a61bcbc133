"""Dutch expressions with the dates of their articles mean what the guidelines say."""

from functools import cache

import pytest

from annotate.annotation import Value
from annotate.values import resolve_values
from tests.values.cases import as_dict, read_cases

CASES = read_cases()
LABELS = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"}


@cache
def resolved(number: int) -> list[Value | None]:
    case = CASES[number]
    return resolve_values(case.text, case.mentions, case.date)


def parameters():
    for number, case in enumerate(CASES):
        for place, (start, end, _) in enumerate(case.mentions):
            reason = case.unsolved.get(str(place))
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            yield pytest.param(number, place, marks=marks, id=f"{number}-{case.text[start:end]}")


@pytest.mark.parametrize(("number", "place"), list(parameters()))
def test_value_is_that_of_the_guidelines(number, place):
    assert as_dict(resolved(number)[place]) == CASES[number].values[place]


def test_there_are_enough_cases_of_every_label():
    labels = [label for case in CASES for _, _, label in case.mentions]
    assert len(labels) >= 500
    assert {label for label in LABELS if labels.count(label) >= 12} == LABELS


def test_every_mention_has_a_value_or_null():
    assert all(len(case.mentions) == len(case.values) for case in CASES)


def test_few_cases_are_unsolved():
    total = sum(len(case.values) for case in CASES)
    assert sum(len(case.unsolved) for case in CASES) <= 0.05 * total


@pytest.mark.parametrize(
    "date", [None, "2024", "2024-02", "geen datum", "0000-00-00", "2024-13-45"]
)
def test_no_date_gives_no_deictic_value(date):
    text = "Gisteren en vorige week, om negen uur 's avonds."
    mentions = [(0, 8, "DATE"), (12, 23, "DATE")]
    assert resolve_values(text, mentions, date) == [None, None]


def test_order_of_mentions_is_kept():
    text = "In 2019 viel hij, dat jaar stond hij op."
    forwards = [(3, 7, "DATE"), (18, 26, "DATE")]
    values = resolve_values(text, forwards, "2024-02-20")
    assert resolve_values(text, forwards[::-1], "2024-02-20") == values[::-1]
    assert values[1] == Value("date", "2019")
