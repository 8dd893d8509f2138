"""The headers: as served, and in the files for hosts."""

from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from calculator import headers as headers_module
from calculator import hosting
from calculator.headers import headers


def served(url: str) -> Message:
    with urlopen(Request(url, method="HEAD")) as answer:
        found: Message = answer.headers
        return found


def test_each_kind_of_file_is_served_with_its_headers(site, base_url, prefix_url):
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert any(file.startswith("inlined/") for file in files)
    for file in files:
        for root in (f"{base_url}/", prefix_url):
            assert headers(file).items() <= dict(served(root + file)).items(), file


def test_only_embeds_may_be_shown_by_other_sites():
    assert "frame-ancestors 'none'" in headers("en/index.html")["Content-Security-Policy"]
    assert "frame-ancestors *" in headers("embed/v1/en/kmo_portefeuille/")["Content-Security-Policy"]
    assert headers("embed/v1/steunwijzer.js")["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_missing_page_is_answered_with_the_same_headers(base_url):
    with pytest.raises(HTTPError) as caught:
        urlopen(f"{base_url}/no/such/page")
    assert caught.value.code == 404
    assert headers("").items() <= dict(caught.value.headers).items()
    assert b"Content-Security-Policy" in caught.value.read()


@pytest.mark.parametrize(
    ("file", "kind"),
    [("py/pyodide.mjs", "text/javascript; charset=utf-8"), ("py/pyodide.asm.wasm", "application/wasm")],
)
def test_types_that_browsers_insist_on(base_url, file, kind):
    assert served(f"{base_url}/{file}")["Content-Type"] == kind


def test_a_browser_that_takes_it_gets_what_the_build_compressed(site, base_url):
    address, whole = f"{base_url}/py/page.js", (site / "py" / "page.js").read_bytes()
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip, br;q=0.9"})) as answer:
        assert answer.read() == (site / "py" / "page.js.br").read_bytes() != whole
        assert answer.headers["Content-Encoding"] == "br"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
        assert answer.read() == whole
        assert answer.headers["Content-Encoding"] is None


def test_what_apache_sends_compressed_says_so(site):
    rules = (site / ".htaccess").read_text("utf-8")
    assert r'<FilesMatch "\.wasm\.br$">' in rules
    assert rules.count("Header set Content-Encoding br") == len(headers_module.TYPES)


def test_the_file_for_netlify_and_cloudflare_says_the_same(site):
    rules: dict[str, dict[str, str]] = {}
    for line in (site / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            rule = rules[line] = {}
        elif line:
            name, value = line.strip().split(": ", 1)
            rule[name] = value
    assert rules["/"] == headers("")
    for path in (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()):
        fitting = [
            rule for rule in rules if f"/{path}".startswith(rule.removesuffix("*")) and rule.endswith("*")
        ]
        (rule_name,) = fitting or [f"/{path}"]
        if path not in (
            "_headers",
            ".htaccess",
            "nginx.conf",
        ):  # which are written last, and no page asks for
            assert rules[rule_name] == headers(path), path


@pytest.mark.parametrize("name", [".htaccess", "nginx.conf"])
@pytest.mark.parametrize("path", ["", "embed/v1/", "inlined/"])
def test_the_files_for_apache_and_nginx_hold_every_header(site, name, path):
    text = (site / name).read_text("utf-8")
    for header, value in headers(path).items():
        assert f'{header} "{value}"' in text


def test_a_site_in_a_folder_names_the_folder(tmp_path: Path):
    hosting.write(tmp_path, "https://x.example/a/b/")
    assert (tmp_path / "_headers").read_text("utf-8").startswith("/a/b/\n")
    assert "ErrorDocument 404 /a/b/404.html" in (tmp_path / ".htaccess").read_text("utf-8")
    assert "location /a/b/ {" in (tmp_path / "nginx.conf").read_text("utf-8")
