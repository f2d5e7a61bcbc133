"""Names put in the place of others, so that a model learns where a name stands and not whose it is."""

import importlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotate.components.scheme import ENTITY_TAGS
from models.corpus import Example, resurfaced

LOCALES = (
    *("nl_NL", "nl_NL", "nl_BE", "nl_BE", "tr_TR", "fr_FR", "en_US", "en_GB", "de_DE", "id_ID"),
    *("it_IT", "es_ES", "ro_RO", "sv_SE", "hr_HR", "en_IN", "yo_NG"),
)
"""Whose names stand in Dutch papers; Dutch and Flemish ones twice. Moroccan and Surinamese families have
theirs in nl_NL, nl_BE, fr_FR, en_IN and id_ID."""
_PERSON = ENTITY_TAGS.index("B-PERSON"), ENTITY_TAGS.index("I-PERSON")
_PLACE = ENTITY_TAGS.index("B-GPE")


@dataclass(frozen=True)
class Names:
    """Names to choose from: for each people its first and last names, and names of places of one unit."""

    peoples: Sequence[tuple[Sequence[str], Sequence[str]]]
    places: Sequence[str]

    @classmethod
    def of(cls, examples: Iterable[Example]) -> "Names":
        """Take the names of people from Faker (MIT) and those of places from the examples."""
        peoples = []
        for locale in LOCALES:
            person = importlib.import_module(f"faker.providers.person.{locale}").Provider
            found = tuple(
                sorted({name for name in names if name.isalpha()})
                for names in (person.first_names, person.last_names)
            )
            peoples.append((found[0], found[1]))
        places = {
            surface
            for example in examples
            for surface, tag, following in zip(
                example.surfaces(), example.entities, [*example.entities[1:], 0], strict=True
            )
            if tag == _PLACE and following != _PLACE + 1 and surface.istitle()
        }
        return cls(peoples, sorted(places))


def renamed(example: Example, names: Names, rng: random.Random) -> Example:
    """Return the example with other names of people and places, each the same all through the text.

    Only what the encoder reads changes: `surfaces` of the result. Particles (van, de), initials and names
    in capitals stay.
    """
    new: dict[str, str] = {}
    surfaces = example.surfaces()
    tags = [int(tag) for tag in example.entities]
    for i, (surface, tag) in enumerate(zip(surfaces, tags, strict=True)):
        if len(surface) < 3 or not (surface.istitle() and surface.isalpha()):
            continue
        last = i + 1 == len(tags) or tags[i + 1] != _PERSON[1]
        if tag in _PERSON:
            people = rng.choice(names.peoples)
            choices = people[int(last)]
        elif tag == _PLACE and (i + 1 == len(tags) or tags[i + 1] != _PLACE + 1):
            choices = names.places
        else:
            continue
        # "Kims" and "Kim's" stay the name they are a form of
        stem = surface.removesuffix("s") if surface.removesuffix("s") in new else surface
        surfaces[i] = new.setdefault(stem, rng.choice(choices)) + surface[len(stem) :]
    return resurfaced(example, surfaces)
