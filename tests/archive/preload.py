"""Loads once what every process of the tests needs: they are forked from one that has imported this."""

import pyarrow.compute
import pyarrow.parquet

from annotate.archive.confined import WARM
from annotate.sources.language import guess_language
from tests.archive import runs

assert guess_language(WARM) == "en"
assert pyarrow.parquet
assert pyarrow.compute
assert runs
