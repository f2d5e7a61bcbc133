"""The page in pieces: head, style and first article; one record per article; the script.

Style and scripts are inline and named by their hash in a Content-Security-Policy, which allows
nothing else: no other script or style, no request to anywhere.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from annotate.annotation import Annotation
from annotate.exporters.page.palette import DARK, LIGHT, LINE_STYLES, NO_SOURCE
from annotate.exporters.page.plain import plain_article
from annotate.exporters.page.record import CONFIG, record, to_script
from annotate.version import __version__

PACKAGE = "annotate.exporters.page"
SCRIPTS = (
    "base",
    "records",
    "filters",
    "article",
    "notes",
    "lit",
    "lines",
    "side",
    "front",
    "main",
)
"""The parts of the script in the order in which they run."""

ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>"
    "<rect width='16' height='16' rx='3' fill='#1d4f7c'/>"
    "<path d='M3 8q0-4 4-4v2q-2 0-2 2h2v4H3zM9 8q0-4 4-4v2q-2 0-2 2h2v4H9z'"
    " fill='#fcfaf5'/></svg>"
)


def page(annotations: Iterable[Annotation]) -> Iterator[str]:
    """Yield the page piece by piece; holds two articles at most."""
    rest = iter(annotations)
    start = [annotation for annotation in (next(rest, None), next(rest, None)) if annotation]
    yield _head(start)
    for annotation in chain(start, rest):
        data = to_script(record(annotation))
        yield f'<script type="application/json" class="article">{data}</script>\n'
    yield f"<script>{_script()}</script>\n</body>\n</html>\n"


def _head(start: list[Annotation]) -> str:
    strings = _strings()
    first = plain_article(start[0], strings["en"]) if start else None
    title = first["headline"] if first and len(start) == 1 else strings["en"]["pageTitle"]
    html = _environment().get_template("page.html.j2")
    return html.render(
        config=Markup(to_script({**CONFIG, "strings": strings})),
        early=Markup(_asset("early.js")),
        first=first,
        generator=f"annotate {__version__}",
        icon="data:image/svg+xml," + quote(ICON),
        policy=_policy(),
        style=Markup(_style()),
        t=strings["en"],
        title=title,
    )


@cache
def _policy() -> str:
    scripts = " ".join(_hash(text) for text in (_asset("early.js"), _script()))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {_hash(_style())}; img-src data:;"
        " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _style() -> str:
    palette = _environment().get_template("palette.css.j2")
    colours = palette.render(light=LIGHT, dark=DARK, styles=LINE_STYLES, none=NO_SOURCE)
    return f"{colours}\n{_small(_asset('page.css'))}"


@cache
def _script() -> str:
    return '"use strict";(() => {\n' + "\n".join(_asset(f"{name}.js") for name in SCRIPTS) + "})();"


@cache
def _strings() -> dict[str, Any]:
    strings: dict[str, Any] = json.loads(_asset("strings.json"))
    return strings


@cache
def _asset(name: str) -> str:
    return files(PACKAGE).joinpath("assets", name).read_text(encoding="utf-8")


def _small(style: str) -> str:
    """The style without comments and indentation."""
    return re.sub(r"\n\s*", "\n", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)).strip()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(PACKAGE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
