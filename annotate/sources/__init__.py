"""From files, folders and standard input to articles."""

from annotate.sources.articles import parse_article, read_articles
from annotate.sources.language import guess_language

__all__ = ["guess_language", "parse_article", "read_articles"]
