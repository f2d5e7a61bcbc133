"""A headless Chromium that fails a test when the page writes to the console."""

import json
import os
import shutil
from pathlib import Path

import pytest

from annotate.exporters import ExportOptions, get_exporter

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless",
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--lang=en-US",
)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """The driver of one browser for all tests."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("no chromium with chromedriver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(executable_path=driver)
    chrome = webdriver.Chrome(options=options, service=service)
    yield chrome
    chrome.quit()


class Tab:
    """A page in the browser, as a reader sees it."""

    def __init__(self, driver, folder):
        self.driver, self.folder = driver, folder

    def open(self, *articles, at=""):
        """Writes the page of the articles and opens it."""
        path = self.folder / "page.html"
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(get_exporter("html").export(articles, ExportOptions()))
        self.address = path.as_uri()
        self.driver.get("about:blank")
        self.driver.get(self.address + at)

    def go(self, at):
        self.driver.execute_script("location.hash = arguments[0]", at)
        self.settle()

    def run(self, script, *values):
        return self.driver.execute_script(script, *values)

    def settle(self):
        """Waits for two frames: what follows an action on the page is drawn."""
        self.driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done));"
        )

    def pause(self, milliseconds):
        self.driver.execute_async_script("setTimeout(arguments[1], arguments[0])", milliseconds)

    def stand_still(self):
        """Waits until nothing on the page has scrolled or slid for ten frames."""
        self.driver.execute_async_script(
            "const done = arguments[0]; let before = '', same = 0;"
            "const look = () => { const box = document.getElementById('cards').getBoundingClientRect();"
            "const now = [scrollX, scrollY, box.top].join(); same = now === before ? same + 1 : 0;"
            "before = now; same < 10 ? requestAnimationFrame(look) : done(); }; look();"
        )

    def all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def one(self, selector):
        return self.driver.find_element("css selector", selector)

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0]).textContent", selector)

    def texts(self, selector):
        return self.run(
            "return Array.from(document.querySelectorAll(arguments[0]), (e) => e.textContent)",
            selector,
        )

    def press(self, *names):
        """Presses keys by the names that selenium gives them."""
        from selenium.webdriver.common.keys import Keys

        for name in names:
            self.driver.switch_to.active_element.send_keys(getattr(Keys, name))
        self.settle()

    def point_at(self, element, straight=False):
        """Moves the mouse to an element, across what lies between, or straight onto it."""
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver, duration=0 if straight else 250).move_to_element(
            element
        ).perform()
        self.settle()

    def nudge(self):
        """Moves the mouse by a pixel from where it is."""
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).move_by_offset(1, 1).perform()
        self.settle()

    def click(self, selector):
        self.one(selector).click()
        self.settle()

    def size(self, width, height=900):
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def media(self, **features):
        """Emulates a medium ("print") or features (prefers_color_scheme="dark")."""
        medium = features.pop("medium", "")
        named = [{"name": k.replace("_", "-"), "value": v} for k, v in features.items()]
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"media": medium, "features": named}
        )

    def scripts(self, on):
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    def picture(self, name):
        folder = Path(os.environ.get("ANNOTATE_PICTURES", self.folder))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.png"
        assert self.driver.save_screenshot(str(path))
        return path

    def faults(self):
        """What axe-core finds, each with the first element that has it."""
        if not AXE.exists():
            pytest.skip("axe-core is not installed: npm ci --prefix tests/browser")
        self.run(AXE.read_text("utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run().then((r) => done(JSON.stringify(r.violations)));"
        )
        return [
            f"{item['impact']} {item['id']}: {item['nodes'][0]['html'][:200]}"
            f" {item['nodes'][0]['failureSummary']}"
            for item in json.loads(found)
        ]

    def break_script(self):
        """Opens the last page again, with a script that fails at its first step."""
        path = self.folder / "page.html"
        page = path.read_text("utf-8")
        path.write_text(page.replace('id="config">{', 'id="config">'), "utf-8")
        self.driver.get("about:blank")
        self.driver.get(self.address)

    def console(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture
def tab(chromium, tmp_path):
    """A tab of 1280 by 900; the console must be silent at the end."""
    found = Tab(chromium, tmp_path)
    found.size(1280)
    found.media()
    found.console()
    yield found
    messages = found.console()
    found.scripts(True)
    chromium.get("about:blank")
    assert messages == []
