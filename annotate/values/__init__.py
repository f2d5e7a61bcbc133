"""What dates, times, amounts and numbers in Dutch news mean.

``resolve_values`` gives the values of all mentions of an article in order, ``normalise`` that of one.
"""

from annotate.values.context import Context, Reference
from annotate.values.resolve import normalise, resolve_values
from annotate.values.tense import Verb

__all__ = ["Context", "Reference", "Verb", "normalise", "resolve_values"]
