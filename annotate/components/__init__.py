"""spaCy components. Each is registered as a factory through entry points and by importing its module."""
