"""Clusters: mentions that are known to be the same one, and what must not be joined."""

from collections.abc import Iterable, Iterator, Sequence

from annotate.components.coreference.mention import Mention


class Clusters:
    """Sets of mentions that grow as the sieves run, by union of their roots.

    Attributes:
        rules: for each mention, the sieve that linked it.
    """

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self._root = list(range(len(mentions)))
        self._members: dict[int, list[int]] = {i: [i] for i in range(len(mentions))}
        self._apart: dict[int, set[int]] = {}
        self._facts: dict[int, tuple[frozenset[str], str, frozenset[str]]] = {}
        self.rules: list[str] = ["found"] * len(mentions)
        for mention in mentions:
            if mention.owner is not None:
                self.part(mention, mention.owner)
            for member in mention.members:
                self.part(mention, member)

    def root(self, mention: Mention) -> int:
        """Return the number of the cluster of a mention."""
        i = mention.index
        while self._root[i] != i:
            i = self._root[i]
        return i

    def same(self, a: Mention, b: Mention) -> bool:
        """Whether two mentions are in one cluster."""
        return self.root(a) == self.root(b)

    def of(self, mention: Mention) -> list[Mention]:
        """Return the mentions of the cluster of a mention, in text order."""
        return [self.mentions[i] for i in self._members[self.root(mention)]]

    def all(self) -> Iterator[list[Mention]]:
        """Yield the clusters in the order of their first mention."""
        for members in sorted(self._members.values()):
            yield [self.mentions[i] for i in members]

    def part(self, a: Mention, b: Mention) -> None:
        """Forbid that two mentions ever come into one cluster."""
        ra, rb = self.root(a), self.root(b)
        if ra != rb:
            self._apart.setdefault(ra, set()).add(rb)
            self._apart.setdefault(rb, set()).add(ra)

    def apart(self, a: Mention, b: Mention) -> bool:
        """Whether two mentions may never come into one cluster."""
        return self.root(b) in self._apart.get(self.root(a), ())

    def gender(self, mention: Mention) -> frozenset[str]:
        """Return the genders that all mentions of the cluster allow."""
        return self._known(mention)[0]

    def number(self, mention: Mention) -> str:
        """Return s or p where the mentions of the cluster are certain, else sp."""
        return self._known(mention)[1]

    def sorts(self, mention: Mention) -> frozenset[str]:
        """Return the sorts that the mentions of the cluster agree on; all of them where they disagree."""
        return self._known(mention)[2]

    def _known(self, mention: Mention) -> tuple[frozenset[str], str, frozenset[str]]:
        root = self.root(mention)
        if root not in self._facts:
            members = self.of(mention)
            numbers = {m.number for m in members}
            number = numbers.pop() if len(numbers) == 1 else "sp"
            known = [m.sorts for m in members if m.sorts]
            sorts = frozenset[str]()
            if known:
                sorts = frozenset.intersection(*known) or frozenset.union(*known)
            self._facts[root] = (_common(m.gender for m in members), number, sorts)
        return self._facts[root]

    def may_join(self, a: Mention, b: Mention) -> bool:
        """Whether two clusters can be one: not forbidden, and of a common gender where persons."""
        if self.same(a, b) or self.apart(a, b):
            return False
        if not self.gender(a) & self.gender(b):
            return False
        return not (_label(self.of(a)) == "PERSON" and _label(self.of(b)) in {"GPE", "LOC"})

    def join(
        self, anaphor: Mention, antecedent: Mention, rule: str, *, force: bool = False
    ) -> bool:
        """Join two clusters unless something forbids it; the anaphor carries the rule.

        Args:
            force: join where genders disagree, too (names are surer than lists of first names).
        """
        if self.same(anaphor, antecedent) or self.apart(anaphor, antecedent):
            return False
        if not force and not self.may_join(anaphor, antecedent):
            return False
        new, old = self.root(anaphor), self.root(antecedent)
        keep, drop = (old, new) if old < new else (new, old)
        self._root[drop] = keep
        self._facts.pop(keep, None)
        self._facts.pop(drop, None)
        self._members[keep] = sorted(self._members[keep] + self._members.pop(drop))
        for other in self._apart.pop(drop, set()):
            self._apart[other].discard(drop)
            self._apart[other].add(keep)
            self._apart.setdefault(keep, set()).add(other)
        self.rules[anaphor.index] = rule
        return True


def _common(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    result = frozenset("fmn")
    for some in sets:
        result = result & some or result
    return result


def _label(mentions: Sequence[Mention]) -> str | None:
    return next((m.label for m in mentions if m.label is not None), None)
