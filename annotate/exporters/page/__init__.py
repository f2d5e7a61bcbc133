"""The HTML page: layout of overlapping spans, compact records, templates, style and script."""
