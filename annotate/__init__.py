"""Annotate Dutch news: entities, claims, and who says what."""

__version__ = "0.1.0"
