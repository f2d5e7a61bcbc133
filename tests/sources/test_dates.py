"""Dates in headers and on the command line."""

import pytest

from annotate.errors import ExitCode, UsageError
from annotate.sources.dates import check_date, find_date, parse_date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024", "2024"),
        ("2024-02", "2024-02"),
        ("2024-2-5", "2024-02-05"),
        ("2024-02-20", "2024-02-20"),
        ("2024-02-20T13:45:00+01:00", "2024-02-20"),
        ("2024-02-20 13:45", "2024-02-20"),
        ("2024/02/20", "2024-02-20"),
        ("20240220", "2024-02-20"),
        ("12 maart 2024", "2024-03-12"),
        ("dinsdag 12 maart 2024", "2024-03-12"),
        ("di. 12 mrt. 2024", "2024-03-12"),
        ("Dinsdag, 12 Maart 2024, 13.45 uur", "2024-03-12"),
        ("12 maart 2024 om 9:05", "2024-03-12"),
        ("1e mei 1978", "1978-05-01"),
        ("maart 2024", "2024-03"),
        ("12-03-2024", "2024-03-12"),
        ("12/3/2024", "2024-03-12"),
        ("12.03.2024", "2024-03-12"),
        ("12-mrt-2024", "2024-03-12"),
        ("March 12, 2024 Tuesday", "2024-03-12"),
        ("29 februari 2024", "2024-02-29"),
    ],
)
def test_dates_are_read_with_the_precision_they_have(written: str, date: str) -> None:
    assert parse_date(written) == date


@pytest.mark.parametrize(
    "written",
    [
        "",
        "gisteren",
        "12 maart",
        "2024-13",
        "2024-02-30",
        "30 februari 2024",
        "12 brumaire 2024",
        "02/20/2024",  # month before day is not guessed
        "12-03-24",
        "12-03.2024",
        "9999",
        "0999-01-01",
        "2024-02-20 in Utrecht",
        "maart 2024 was nat",
        "20240220123",
    ],
)
def test_anything_else_is_no_date(written: str) -> None:
    assert parse_date(written) is None


def test_a_date_in_front_of_a_text_says_where_it_ends() -> None:
    assert find_date("2024-02 De brug") == ("2024-02", 7)
    assert find_date("12 maart 2024 De brug") == ("2024-03-12", 13)
    assert find_date("2024-025 De brug") is None


@pytest.mark.parametrize("date", ["2024", "2024-02", "2024-02-29"])
def test_an_iso_date_is_taken_as_it_is(date: str) -> None:
    assert check_date(date) == date


@pytest.mark.parametrize(
    "date", ["", "24", "2024-2", "2024-13", "2023-02-29", "12 maart 2024", "20240220", "٢٠٢٤"]
)
def test_another_date_option_is_wrong_usage(date: str) -> None:
    with pytest.raises(UsageError, match="is not a date") as caught:
        check_date(date)
    assert caught.value.exit_code is ExitCode.USAGE
    assert "2024-02-20" in caught.value.hint
