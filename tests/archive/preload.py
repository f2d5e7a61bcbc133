"""Loads once what every process of the tests needs: they are forked from one that has imported this."""

import pyarrow.compute
import pyarrow.parquet

from tests.archive import runs

assert pyarrow.parquet
assert pyarrow.compute
assert runs
