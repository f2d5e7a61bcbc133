"""Lemmas as edit trees: what to cut and put at both ends of a form (Chrupała 2008; Müller et al. 2015).

A tree is a nested tuple: ``(before, after, left, right)`` keeps the longest common substring of form and
lemma, ``before`` characters from the start and ``after`` from the end, and edits what stands left and
right of it; ``(old, new)`` replaces one string by another; None keeps nothing to edit.
"""

from typing import Any

Tree = tuple[Any, ...] | list[Any] | None


def make_tree(form: str, lemma: str) -> Tree:
    """Return the edit tree that turns a form into its lemma."""
    if not form and not lemma:
        return None
    start, at, size = _common(form, lemma)
    if size == 0:
        return (form, lemma)
    before, after = start, len(form) - start - size
    left = make_tree(form[:start], lemma[:at])
    right = make_tree(form[start + size :], lemma[at + size :])
    return (before, after, left, right)


def apply_tree(tree: Tree, form: str) -> str | None:
    """Return the lemma that a tree makes of a form, None where the tree does not fit the form."""
    if tree is None:
        return "" if not form else None
    if len(tree) == 2:
        return tree[1] if form == tree[0] else None
    before, after, left, right = tree
    if len(form) <= before + after:
        return None
    end = len(form) - after
    head = apply_tree(left, form[:before])
    tail = apply_tree(right, form[end:])
    if head is None or tail is None:
        return None
    return head + form[before:end] + tail


def _common(a: str, b: str) -> tuple[int, int, int]:
    """Return start in a, start in b and length of the first longest common substring."""
    best = (0, 0, 0)
    previous = [0] * (len(b) + 1)
    for i, x in enumerate(a):
        row = [0] * (len(b) + 1)
        for j, y in enumerate(b):
            if x == y:
                row[j + 1] = previous[j] + 1
                if row[j + 1] > best[2]:
                    best = (i + 1 - row[j + 1], j + 1 - row[j + 1], row[j + 1])
        previous = row
    return best
