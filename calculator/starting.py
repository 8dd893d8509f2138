"""How quick Python starts at a visitor's: each way interleaved with the others, in Chromium, nothing cached.

A server like a good host's sends everything compressed as far as Brotli goes. A run is the time from the page's
wish for an answer to the answer; every run has a fresh browser context, and the first round does not count.
"""

from __future__ import annotations

import hashlib
import json
import os
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from calculator.headers import TYPES
from calculator.serving import Handler, Server

PAGE = b"<!doctype html><title>bench</title>"
# In the page: one answer, and how long it took.
ASK = """async ([way, request]) => {
  const began = performance.now();
  const { Python } = await import("/py/python.js");
  return await new Promise((answered, failed) => {
    const python = new Python(() => answered(performance.now() - began), () => failed(way), [way]);
    python.ask({ number: 1, request: new TextEncoder().encode(request) });
  });
}"""
COMPRESS = """
const [from, to] = process.argv.slice(1);
const { readFileSync, writeFileSync } = require("node:fs");
const { brotliCompressSync, constants } = require("node:zlib");
const content = readFileSync(from);
const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
writeFileSync(to, brotliCompressSync(content, { params }));
"""


def figures(root: Path, ways: list[str], request: dict[str, Any], runs: int = 9) -> dict[str, float]:
    """Medians: of each way, the quickest first, and of that one against stock Pyodide, which is the last."""
    found: dict[str, float] = {}
    times, sizes = _measure(root, ways, json.dumps(request), runs)
    quickest = ways[0]
    for way in ways:
        found[f"start_cold_{way}_ms"] = round(statistics.median(times[way]), 1)
        found[f"start_bytes_{way}"] = sum(sizes[way].values())
    found["start_cold_vs_pyodide"] = round(
        found[f"start_cold_{quickest}_ms"] / found["start_cold_stock_ms"], 3
    )
    found["start_bytes"] = found[f"start_bytes_{quickest}"]
    found["start_requests"] = len(sizes[quickest])
    return found


def _measure(
    root: Path, ways: list[str], request: str, runs: int
) -> tuple[dict[str, list[float]], dict[str, dict[str, int]]]:
    from playwright.sync_api import sync_playwright

    times: dict[str, list[float]] = {way: [] for way in ways}
    sizes: dict[str, dict[str, int]] = {}
    with _serving(root) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None, chromium_sandbox=False
        )
        for turn in range(runs + 1):
            for way in ways:
                context = browser.new_context()
                page = context.new_page()
                page.goto(server.url)
                server.sent = {}
                taken = page.evaluate(ASK, [way, request])
                context.close()
                if turn:
                    times[way].append(taken)
                sizes[way] = {path: size for path, size in server.sent.items() if path != "/py/python.js"}
        browser.close()
    return times, sizes


class _Host(Server):
    """Serves the site compressed, and remembers what it sent."""

    def __init__(self, root: Path) -> None:
        super().__init__(root / "build" / "site", handler=_Compressing)
        self.kept = root / "build" / "brotli"
        self.kept.mkdir(exist_ok=True)
        self.sent: dict[str, int] = {}

    def compressed(self, file: Path) -> bytes:
        """A file's content after Brotli, which takes its time once."""
        kept = self.kept / hashlib.sha256(file.read_bytes()).hexdigest()
        if not kept.exists():
            subprocess.run(["node", "-e", COMPRESS, str(file), str(kept)], check=True)
        return kept.read_bytes()


class _Compressing(Handler):
    server: _Host

    def do_GET(self) -> None:  # noqa: N802  # the name that the standard library asks for
        """Send a file compressed; the root is an empty page."""
        file = Path(self.translate_path(self.path))
        if self.path == "/":
            self._send(PAGE, "text/html")
        elif file.is_file():
            body = self.server.compressed(file)
            self.server.sent[self.path] = len(body)
            self._send(body, TYPES.get(file.suffix, "application/octet-stream"), ("Content-Encoding", "br"))
        else:
            self.send_error(404)

    def _send(self, body: bytes, kind: str, *others: tuple[str, str]) -> None:
        self.send_response(200)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *others):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def _serving(root: Path) -> Iterator[_Host]:
    host = _Host(root)
    site = root / "build" / "site" / "py"
    for file in site.iterdir():
        host.compressed(file)
    with host.running():
        yield host
