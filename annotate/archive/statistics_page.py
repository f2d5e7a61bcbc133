"""Figures about an archive as one page of HTML with a plot, which needs nothing from elsewhere."""

from importlib.resources import files
from typing import Any

from annotate.archive.statistics import Row, Statistics

WIDTH, HEIGHT, FOOT = 900, 240, 22
BAR = 120
"""Pixels of the longest bar in a table."""
TITLES = {
    "speakers": "Who is quoted most",
    "sources": "Kinds of sources",
    "acts": "What the statements do",
    "months": "Months",
}


def statistics_page(statistics: Statistics, title: str) -> str:
    """Return the page."""
    from jinja2 import Environment

    environment = Environment(autoescape=True)
    environment.filters["percent"] = percent
    source = files("annotate.archive").joinpath("statistics.html.j2").read_text("utf-8")
    return environment.from_string(source).render(
        title=title,
        overview=statistics.overview[0],
        plot=_plot(statistics.months) if len(statistics.months) > 1 else None,
        tables=[_table(name, getattr(statistics, name)) for name in TITLES],
    )


def percent(share: float | None) -> str:
    """Return a share in words: "12.5 %", a dash where there is none."""
    return "–" if share is None else f"{share:.1%}".replace("%", " %")


def shown(name: str, value: Any) -> str:
    """Return a figure as it is shown to people."""
    if name.endswith("share"):
        return percent(value)
    return f"{value:,}" if isinstance(value, int) else "–" if value is None else str(value)


def _table(name: str, rows: list[Row]) -> dict[str, Any]:
    """Return what the page shows of a table; the bars stand for the statements."""
    most = max((row["quotes"] for row in rows), default=0) or 1
    return {
        "title": TITLES[name],
        "columns": [column.replace("_", " ") for column in rows[0]] if rows else [],
        "rows": [
            {
                "cells": [shown(column, value) for column, value in row.items()],
                "bar": round(BAR * row["quotes"] / most),
            }
            for row in rows
        ],
    }


def _plot(months: list[Row]) -> dict[str, Any]:
    """Return the bars and the line of the plot."""
    most = max(row["quotes"] for row in months) or 1
    step = WIDTH / len(months)
    room = HEIGHT - FOOT
    every = max(1, len(months) // 12)
    middles = [round((place + 0.5) * step, 1) for place in range(len(months))]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "most": most,
        "bars": [
            {
                "x": round(place * step + step * 0.1, 1),
                "width": round(step * 0.8, 1),
                "y": round(room * (1 - row["quotes"] / most), 1),
                "height": round(room * row["quotes"] / most, 1),
                "title": f"{row['month']}: {row['quotes']:,}",
            }
            for place, row in enumerate(months)
        ],
        "line": " ".join(
            f"{x},{round(room * (1 - (row['unsourced_share'] or 0)), 1)}"
            for x, row in zip(middles, months, strict=True)
        ),
        "labels": [
            {"x": x, "text": row["month"]}
            for place, (x, row) in enumerate(zip(middles, months, strict=True))
            if place % every == 0
        ],
    }
