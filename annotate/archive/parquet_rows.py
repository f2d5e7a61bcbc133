"""Parquet files, read by row group in small batches."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from annotate.archive.columns import resolve, to_item
from annotate.archive.items import Item, Settings
from annotate.archive.optional import need
from annotate.archive.streams import too_large
from annotate.article import Failure

ROWS = 128
"""Rows that are in memory at a time."""


def read_parquet(name: str, stream: BinaryIO, settings: Settings) -> Iterator[Item | Failure]:
    """Yield the next row as an item; rows are numbered through all row groups from 1.

    Raises:
        ArticleError: no column holds text, or pyarrow is not installed.
    """
    parquet = need("pyarrow.parquet", "Reading Parquet")
    compute = need("pyarrow.compute", "Reading Parquet")
    with parquet.ParquetFile(stream, pre_buffer=False) as file:
        columns = resolve(tuple(file.schema_arrow.names), settings.columns)
        place = 0
        for group in range(file.num_row_groups):
            for batch in file.iter_batches(ROWS, row_groups=[group]):
                text = batch.column(batch.schema.get_field_index(columns.text))
                large = _large(text, settings.limits.article_bytes, compute)
                for row in _rows(batch, large):
                    place += 1
                    if row is None:
                        error = too_large(settings.limits.article_bytes)
                        yield Failure(f"{name}:{place}", error.message, error.hint)
                    else:
                        yield to_item(
                            row, file=name, place=place, columns=columns, settings=settings
                        )


def _large(column: Any, limit: int, compute: Any) -> list[bool]:
    """Tell for each row whether its text is larger than allowed, without making it a str."""
    try:
        lengths = compute.binary_length(column).to_pylist()
    except NotImplementedError:  # no text: `to_item` says so
        return [False] * len(column)
    return [length is not None and length > limit for length in lengths]


def _rows(batch: Any, large: list[bool]) -> Iterator[dict[str, Any] | None]:
    """Yield the next row, None for one that is too large."""
    if not any(large):
        yield from batch.to_pylist()
        return
    for place in range(batch.num_rows):
        yield None if large[place] else batch.slice(place, 1).to_pylist()[0]
