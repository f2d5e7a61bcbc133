"""The terminal view: what the format ``rich`` is made of."""
