"""Archives: many articles in, annotated shards, Parquet or SQLite out, and questions to them."""
