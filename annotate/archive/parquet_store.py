"""A Parquet data set: a folder of files for each table."""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotate.archive.durable import write_file
from annotate.archive.files import FileStore, shard_path
from annotate.archive.optional import need
from annotate.archive.tables import COLUMNS, to_rows
from annotate.archive.worker import Numbered

SETTINGS = {"compression": "zstd", "version": "2.6"}


class ParquetStore(FileStore):
    """Writes the tables of ``tables.COLUMNS``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, tuple(COLUMNS), ".parquet")

    def _merge(self, parts: Sequence[Path]) -> Iterator[bytes]:
        """Yield one Parquet file with the rows of all parts."""
        parquet = need("pyarrow.parquet", "Writing Parquet")
        yield _written([parquet.read_table(part) for part in parts])

    def add(self, shard: int, payloads: Sequence[Any], numbers: Mapping[str, int]) -> None:
        """Add articles to a sealed shard, in their places."""
        parquet = need("pyarrow.parquet", "Writing Parquet")
        compute = need("pyarrow.compute", "Writing Parquet")
        added = [
            {table: parquet.read_table(io.BytesIO(payload[table])) for table in COLUMNS}
            for payload in payloads
        ]
        articles = {
            number for tables in added for number in tables["articles"]["number"].to_pylist()
        }
        for table in COLUMNS:
            path = shard_path(self._folder, table, shard, self._suffix)
            key = "number" if table == "articles" else "article"
            old = parquet.read_table(path)
            new = need("pyarrow", "Writing Parquet").array(sorted(articles), "int64")
            kept = old.filter(compute.invert(compute.is_in(old[key], value_set=new)))
            merged = [kept, *(tables[table] for tables in added)]
            write_file(path, [_written(merged, sort_by=key)])


def _written(tables: Sequence[Any], sort_by: str | None = None) -> bytes:
    """Return a Parquet file that holds the rows of some tables."""
    arrow = need("pyarrow", "Writing Parquet")
    parquet = need("pyarrow.parquet", "Writing Parquet")
    compute = need("pyarrow.compute", "Writing Parquet")
    table = arrow.concat_tables(tables)
    if sort_by is not None:  # `sort_indices` is stable: rows of an article keep their order
        table = table.take(compute.sort_indices(table[sort_by]))
    buffer = io.BytesIO()
    parquet.write_table(table, buffer, row_group_size=50_000, **SETTINGS)
    return buffer.getvalue()


def encode_parquet(numbered: Sequence[Numbered]) -> dict[str, bytes]:
    """Return the bytes of a Parquet file for each table."""
    arrow = need("pyarrow", "Writing Parquet")
    types = {"int": arrow.int64(), "float": arrow.float64(), "text": arrow.string()}
    parts = {}
    for name, rows in to_rows(numbered).items():
        schema = arrow.schema([(column, types[kind]) for column, kind in COLUMNS[name].items()])
        columns = list(zip(*rows, strict=True)) or [()] * len(schema)
        arrays = [
            arrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)
        ]
        parts[name] = _written([arrow.table(arrays, schema=schema)])
    return parts
