"""What a mention is: a place in the text that can refer to somebody or something."""

from dataclasses import dataclass, field

from annotate.components.coreference.nouns import UNKNOWN, Noun
from annotate.components.coreference.pronouns import Pronoun

SORTS_OF_LABEL: dict[str, frozenset[str]] = {
    "PERSON": frozenset({"person"}),
    "ORG": frozenset({"org"}),
    "GPE": frozenset({"place", "org"}),
    "LOC": frozenset({"place"}),
    "FAC": frozenset({"facility", "place"}),
    "PRODUCT": frozenset({"thing"}),
    "WORK_OF_ART": frozenset({"work"}),
    "EVENT": frozenset({"event"}),
    "LAW": frozenset({"work"}),
    "NORP": frozenset({"group"}),
}
"""The labels of names that refer to an entity, and the sorts of these."""


@dataclass(slots=True, eq=False)
class Mention:
    """A name, description or pronoun.

    Attributes:
        start, end: character offsets of the mention itself.
        first, last: its words, end exclusive.
        head: the index of its head word.
        kind: name, description or pronoun.
        phrase: words of the whole noun phrase, a title before a name included, end exclusive.
        sent, para, quote: numbers of its sentence, paragraph and quote; quote is -1 outside quotes.
        sorts: what it can be: person, group, org, place, facility, event, work, thing; empty if unknown.
        gender: which of f, m, n it allows.
        number: s, p, or sp where both are possible.
        form: lower-case head noun of a description, or the pronoun.
        noun: what the lexicon says of that noun.
        titles: nouns that are said of a name in its own phrase (premier Rutte), and their forms.
        definite: of a description: def, dem, poss, gen (Kims zus), indef, quant, bare, or names.
        modifiers: lower-case adjectives, numerals and names inside a description.
        owner: the mention that possesses it (zijn advocaat, Kims zus, de zus van Kim).
        role: subject, object, oblique, possessive, nominal, root, conj, appos; empty without a tree.
        verb: index of the word that governs the phrase, -1 without a tree.
        members: the mentions that a coordination joins.
        index: its place in the list of mentions.
        lead: character offset at which its phrase begins.
        nested: whether it stands inside another description.
    """

    start: int
    end: int
    first: int
    last: int
    head: int
    kind: str
    label: str | None
    text: str
    phrase: tuple[int, int]
    sent: int
    para: int
    quote: int
    sorts: frozenset[str] = frozenset()
    gender: frozenset[str] = frozenset("fmn")
    number: str = "sp"
    noun: Noun = UNKNOWN
    form: str = ""
    titles: list[Noun] = field(default_factory=list)
    title_forms: list[str] = field(default_factory=list)
    definite: str = ""
    modifiers: frozenset[str] = frozenset()
    owner: "Mention | None" = None
    role: str = ""
    verb: int = -1
    members: "list[Mention]" = field(default_factory=list)
    pronoun: Pronoun | None = None
    index: int = -1
    lead: int = 0
    nested: bool = False

    def __repr__(self) -> str:
        return f"<{self.kind} {self.text!r} {self.start}>"

    def nouns(self) -> list[tuple[str, Noun]]:
        """Return the nouns that it says of its entity: its head noun, or the titles of a name."""
        if self.kind == "description" and not self.members:
            return [(self.form, self.noun)]
        return list(zip(self.title_forms, self.titles, strict=True))
