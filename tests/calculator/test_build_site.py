"""The built site as a whole: every address in it leads somewhere, under any path, and no page misbehaves."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from calculator.measuring.using import STATIC

ROOT = "http://site.test/"
# Before a page is left: what it starts late is seen too, and nothing is cut off half-way.
AT_REST = """() => {
  const loads = (script) => document.querySelector(`script[src$="/py/${script}.js"]`);
  if (loads("batch")) return true; // it starts Python for a file
  if (!loads("ahead")) return document.querySelector("[data-python=ready]");
  return performance.getEntriesByType("resource").some(({ name }) => name.endsWith(".wasm"));
}"""


class Page(HTMLParser):
    """The addresses that a page names, and the places in it that may be named."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids = {"", "__top"}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.addresses += [values[name] for name in ("href", "src", "action", "data") if name in values]
        self.ids |= {values[name] for name in ("id", "name") if name in values}


def wanting(pages: dict[str, Page], files: set[str], root: str) -> list[str]:
    """The addresses in pages that lead to nothing in a site that lies at `root`."""

    def leads_somewhere(here: str, address: str) -> bool:
        target = urlsplit(urljoin(root + here, address))
        if target.scheme != "http" or target.netloc != urlsplit(root).netloc:
            return True  # elsewhere, or no place at all
        before, _, place = unquote(target.path).partition(urlsplit(root).path)
        file = f"{place}index.html" if place.endswith("/") or not place else place
        fragment = "" if "=" in target.fragment else unquote(target.fragment)  # a case is no place
        return not before and file in files and (file not in pages or fragment in pages[file].ids)

    return [
        f"{here}: {address}"
        for here, page in sorted(pages.items())
        for address in page.addresses
        if not leads_somewhere(here, address)
    ]


@pytest.mark.parametrize("root", [ROOT, f"{ROOT}a/b/"])
def test_every_address_in_a_page_leads_somewhere(site, root):
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    pages = {
        file: Page((site / file).read_text("utf-8"))
        for file in files
        if file.endswith(".html") and not (file.endswith("404.html") and root != ROOT)  # that names its root
    }
    assert len(pages) > 4
    assert wanting(pages, files, root) == []


def test_no_page_misbehaves_in_a_folder_of_its_host(site, prefix_url, page, watch):
    watch(page, also=(prefix_url,))
    pages = [file.relative_to(site).as_posix() for file in sorted(site.rglob("index.html"))]
    for file in pages:
        answer = page.goto(prefix_url + file.removesuffix("index.html"), wait_until="networkidle")
        page.wait_for_function(AT_REST, timeout=60_000)
        assert answer.ok, file
        assert page.locator("h1, h2").count(), file


def test_sitemaps_name_pages_with_the_day_on_which_the_law_was_checked(site):
    from rules import LAW

    for sitemap in (site / "sitemap.xml", site / "en" / "sitemap.xml"):
        text = sitemap.read_text("utf-8")
        assert set(re.findall(r"<lastmod>(.*?)</lastmod>", text)) == {LAW.checked.isoformat()}


def test_no_file_tells_where_it_was_built(site):
    here = str(Path(__file__).parents[2]).encode()
    assert [file for file in site.rglob("*") if file.is_file() and here in file.read_bytes()] == []


def test_scripts_go_out_without_what_is_for_their_readers(site):
    for script in STATIC.glob("*.js"):
        first, *_ = script.read_text("utf-8").splitlines()
        sent = (site / "py" / script.name).read_text("utf-8")
        assert first.startswith("// ")
        assert first.removeprefix("// ") not in sent
        assert "{{" not in sent  # the build filled in what only it knows
