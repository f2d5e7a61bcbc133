"""Read the word lists under ``annotate/lexicons/``: tab-separated, with source, licence and columns."""

from importlib.resources import files

HEAD = ("# source: ", "# licence: ", "# columns: ")


def read_table(name: str) -> list[tuple[str, ...]]:
    """The rows of ``lexicons/NAME.tsv``; missing last cells are empty.

    Raises:
        ValueError: the head lacks a line, or a row has more cells than there are columns.
    """
    lines = (files("annotate") / "lexicons" / f"{name}.tsv").read_text("utf-8").splitlines()
    comments = [line for line in lines if line.startswith("# ")]
    missing = [head for head in HEAD if not any(line.startswith(head) for line in comments)]
    if missing:
        raise ValueError(f"{name}.tsv has no line {missing[0]!r}")
    columns = next(line for line in comments if line.startswith(HEAD[2]))
    width = len(columns.split("\t"))
    rows = []
    for line in lines:
        if not line or line.startswith("# "):
            continue
        cells = line.split("\t")
        if len(cells) > width:
            raise ValueError(f"{name}.tsv has more than {width} cells in {line!r}")
        rows.append(tuple(cells + [""] * (width - len(cells))))
    return rows
