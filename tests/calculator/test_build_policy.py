"""The step that makes pages keep a strict policy, on small pages and on every page that was built."""

import re
from pathlib import Path
from urllib.request import urlopen

import pytest

from calculator.headers import headers, page_policy
from calculator.policy import Refused, tighten

HEAD = '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>x</title></head>'


def tightened(
    tmp_path: Path, *bodies: str, name: str = "index.html", url: str = "https://x.example/a/"
) -> str:
    """Tighten pages in a folder each; gives the last one's text."""
    for number, body in enumerate(bodies):
        page = tmp_path / f"page{number}" / name
        page.parent.mkdir()
        page.write_text(f"{HEAD}<body>{body}</body></html>", "utf-8")
    tighten(tmp_path, url)
    return page.read_text("utf-8")


def test_a_script_moves_to_one_file_named_by_its_content(tmp_path):
    text = tightened(tmp_path, "<script>run(1 < 2)</script>", "<p>€</p><script>run(1 < 2)</script>")
    (script,) = (tmp_path / "inlined").glob("*.js")
    assert script.read_text("utf-8") == "run(1 < 2)\n"
    assert f'<p>€</p><script src="../inlined/{script.name}"></script>' in text


def test_a_module_stays_a_module(tmp_path):
    assert '<script type="module" async src="../inlined/' in tightened(
        tmp_path, '<script type="module" async>run()</script>'
    )


def test_data_and_scripts_with_a_file_stay(tmp_path):
    body = '<script type="application/json">{"a": "<b>"}</script><script src="x.js"></script>'
    assert f"<body>{body}</body>" in tightened(tmp_path, body)


def test_a_style_becomes_a_class_beside_those_that_were_there(tmp_path):
    text = tightened(tmp_path, '<td title="a &quot;b&quot;" class="c" style="text-align: right;">1</td>')
    (sheet,) = (tmp_path / "inlined").glob("*.css")
    rule = re.fullmatch(r"\.(styled-\w+):not\(#_\) \{ text-align: right \}\n", sheet.read_text("utf-8"))
    assert rule
    assert f'<td title="a &quot;b&quot;" class="c {rule[1]}">1</td>' in text
    assert f'<link rel="stylesheet" href="../inlined/{sheet.name}">\n</head>' in text


def test_the_policy_stands_before_anything_that_is_loaded(tmp_path):
    assert (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{page_policy()}">'
        in (tightened(tmp_path, "<p>x</p>"))
    )


def test_the_page_for_missing_addresses_finds_its_files_from_any_depth(tmp_path):
    assert '<script src="/a/inlined/' in tightened(tmp_path, "<script>run()</script>", name="404.html")


def test_the_next_page_is_not_fetched_ahead(tmp_path):
    assert 'href="prev/"' in (
        text := tightened(tmp_path, '<link rel="prev" href="prev/"><link rel="next" href="next/">')
    )
    assert 'href="next/"' not in text


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<button onclick="run()">x</button>', "onclick"),
        ('<a href=" JavaScript:run()">x</a>', "a script as the address in href"),
        ("<template><style>p { color: red }</style></template>", "a style element"),
        ('<base href="/">', "a base element"),
        ('<iframe srcdoc="x"></iframe>', "a document in an attribute"),
        ('<script type="importmap">{}</script>', "a script that only the page itself can hold"),
        ('<img src="//elsewhere.example/x.png">', "something from elsewhere"),
        ('<link rel="stylesheet" href="https://elsewhere.example/x.css">', "something from elsewhere"),
    ],
)
def test_what_cannot_be_moved_stops_the_build_and_is_named(tmp_path, body, why):
    with pytest.raises(Refused, match=rf"page0/index.html, line 1, holds .*{re.escape(why)}"):
        tightened(tmp_path, body)


def test_a_link_to_elsewhere_may_stay(tmp_path):
    assert tightened(tmp_path, '<a href="https://elsewhere.example/">x</a>')


def test_every_page_as_served_keeps_the_policy(site, base_url):
    pages = sorted(site.rglob("*.html"))
    assert pages
    for page in pages:
        name = page.relative_to(site).as_posix()
        with urlopen(f"{base_url}/{name}") as answer:
            text = answer.read().decode()
        assert text.count(f'content="{page_policy()}"') == 1, name
        for tag in re.findall(r"<[a-z][^>]*>", text):
            assert not re.search(r"\s(style|on[a-z]+)\s*=", re.sub(r'"[^"]*"', '""', tag)), (name, tag)
        for script in re.findall(r"<script\b[^>]*>", text):
            assert " src=" in script or 'type="application/' in script, (name, script)
        assert "<style" not in text, name


def test_nothing_unsafe_is_allowed():
    for path in ("", "embed/v1/nl/"):
        policy = headers(path)["Content-Security-Policy"]
        assert "'unsafe-inline'" not in policy
        assert "'unsafe-eval'" not in policy
        assert policy.startswith("default-src 'none';")
