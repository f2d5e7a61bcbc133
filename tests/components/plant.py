"""Write the trees of the sentences in the tests: ``python -m tests.components.plant MODEL``.

Trees that are there stay as they are, as they may have been put right by hand; those whose sentence is in
no test any more go.
"""

import sys
from collections.abc import Iterator

from tests.components import marked, test_claims, test_cues, test_rules, test_sources


def rows(doc) -> Iterator[str]:
    """Yield the lines of a Doc; its sentences follow each other without a blank line.

    Entities stand in the ninth column.
    """
    yield "# text = " + doc.text.replace("\n", "\\n")
    for sent in doc.sents:
        words = [t for t in sent if not t.is_space]
        number = {t.i: n for n, t in enumerate(words, 1)}
        for word in words:
            head = 0 if word.head.i == word.i else number[word.head.i]
            following = doc[word.i + 1] if word.i + 1 < len(doc) else None
            gap = "_" if word.whitespace_ else "SpaceAfter=No"
            if following is not None and following.is_space:
                gap = "SpacesAfter=" + following.text.replace("\n", "\\n")
            cells = [number[word.i], word.text, word.lemma_, word.pos_, word.tag_ or "_"]
            cells += [str(word.morph) or "_", head, "root" if head == 0 else word.dep_]
            cells += [f"{word.ent_iob_}-{word.ent_type_}" if word.ent_type_ else "_", gap]
            yield "\t".join(map(str, cells))


def main(model: str) -> None:
    """Write the trees."""
    from annotate.pipeline import load_pipeline

    path = marked.CASES / "trees.conllu"
    known = {}
    if path.exists():
        for block in path.read_text("utf-8").strip().split("\n\n"):
            known[block.splitlines()[0].removeprefix("# text = ").replace("\\n", "\n")] = block
    texts = [*test_cues.texts(), *test_rules.texts(), *test_claims.texts(), *test_sources.texts()]
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    if missing:
        nlp = load_pipeline(model)
        nlp.select_pipes(enable=["annotate_encoder", "annotate_syntax", "annotate_entities"])
        known.update((text, "\n".join(rows(nlp(text)))) for text in missing)
    blocks = [known[text] for text in dict.fromkeys(texts)]
    path.write_text("\n\n".join(blocks) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
