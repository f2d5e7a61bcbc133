"""Pictures of the tour, made anew by ``make pictures``: the terminal view as SVG, the page as PNG.

The shipped model annotates a sample; nothing is drawn by hand. The page needs Debian's chromium.
"""

import io
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from annotate import load
from annotate.annotation import Annotation
from annotate.exporters import ExportOptions, get_exporter
from annotate.exporters.base import Background
from annotate.sources import read_articles

FOLDER = Path(__file__).parent
SAMPLE = FOLDER.parent / "samples" / "statiegeld.txt"
THEMES: dict[Background, TerminalTheme] = {
    "dark": TerminalTheme((22, 24, 28), (220, 224, 228), [(0, 0, 0)] * 8),
    "light": TerminalTheme((253, 253, 251), (28, 30, 34), [(255, 255, 255)] * 8),
}
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {terminal_width} {terminal_height}"
 xmlns="http://www.w3.org/2000/svg">
<style>
{styles}
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas,
 monospace; line-height: {line_height}px; font-variant-east-asian: full-width }}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
<rect width="100%" height="100%" rx="8" fill="{background}"/>
<g clip-path="url(#{unique_id}-clip-terminal)">{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""
"""Rich's picture without its window and without its fonts from the web."""


def terminal(annotation: Annotation, options: ExportOptions, lines: int | None = None) -> str:
    """The first lines of the terminal view as SVG."""
    (shown,) = get_exporter("rich").export([annotation], options)
    width, background = options.width, options.background
    shown = "\n".join(str(shown).rstrip("\n").split("\n")[:lines])
    console = Console(
        record=True,
        width=width,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    console.print(Text.from_ansi(shown), soft_wrap=True)
    theme = THEMES[background]
    svg = console.export_svg(
        title="annotate",
        theme=theme,
        unique_id="annotate",
        code_format=FRAME.replace("{background}", theme.background_color.hex),
    )
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def page(annotation: Annotation, target: Path, width: int, height: int) -> None:
    """The HTML page as PNG, with the mouse at its first direct statement."""
    from selenium import webdriver
    from selenium.webdriver.common.action_chains import ActionChains

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        html = "".join(get_exporter("html").export([annotation], ExportOptions()))
        source.write_text(html, "utf-8")
        options = webdriver.ChromeOptions()
        options.binary_location = program("chromium")
        for flag in ("headless", "no-sandbox", "disable-gpu", "hide-scrollbars", "lang=en-US"):
            options.add_argument(f"--{flag}")
        service = webdriver.ChromeService(executable_path=program("chromedriver"))
        with webdriver.Chrome(options=options, service=service) as driver:
            metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            driver.get(source.as_uri())
            first = driver.find_element("css selector", "#paper .number + .cue, #paper .cue")
            ActionChains(driver).move_to_element(first).perform()
            driver.execute_async_script("setTimeout(arguments[0], 500)")
            driver.save_screenshot(str(target))


def program(name: str) -> str:
    """The path of a program, or the end with a word about it."""
    found = shutil.which(name)
    if found is None:
        sys.exit(f"The picture of the page needs {name}: apt-get install chromium chromium-driver")
    return found


def main() -> None:
    """Annotate the sample and write the pictures."""
    (article,) = read_articles([str(SAMPLE)])
    annotation = load()(article)
    for background in THEMES:
        options = ExportOptions(width=96, color="truecolor", background=background, styled=True)
        path = FOLDER / f"article-{background}.svg"
        path.write_text(terminal(annotation, options, 38), "utf-8")
        path = FOLDER / f"statements-{background}.svg"
        options = replace(options, only=("attributions",))
        path.write_text(terminal(annotation, options, 30), "utf-8")
    page(annotation, FOLDER / "page.png", 1000, 600)


if __name__ == "__main__":
    main()
