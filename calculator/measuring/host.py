"""A host to measure against: the built site as a good host sends it, over a line that can be made slow.

Everything is compressed as far as Brotli goes, beforehand. A file is kept by the browser for as long as its headers
say, and asked for again by its tag. The line is slow in this server, as a browser's own throttling does not reach what
a worker fetches: all that is sent shares one line, a piece after the other, and each answer waits a round trip.
"""

from __future__ import annotations

import hashlib
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from calculator.headers import TYPES
from calculator.serving import Handler, Server

ROOT = Path(__file__).parents[2]
_EMPTY = b"<!doctype html><title>bench</title>"
_PIECE = 8192  # bytes that are sent at once on a slow line
_COMPRESS = """
import { readFileSync } from "node:fs";
import { compressed } from "./calculator/compress.mjs";
const [file, kept] = process.argv.slice(1);
await compressed(readFileSync(file), kept);
"""


class Line(NamedTuple):
    """How slow a line is."""

    megabits: float  # a second
    round_trip: float  # seconds


class Ready(NamedTuple):
    """What is sent for an address: its tag, its type, and its content after Brotli."""

    tag: str
    kind: str
    body: bytes


class Host(Server):
    """Serves a built site and some files more, compressed, and remembers what it sent."""

    def __init__(self, site: Path, kept: Path, others: Path) -> None:
        super().__init__(site, handler=_Compressing)
        self.kept, self.others = kept, others
        self.pages: dict[str, bytes] = {"/": _EMPTY}  # pages that take the place of the site's
        self.preface = b""  # stands before the script of each worker
        self.line: Line | None = None
        self.sent: dict[str, int] = {}
        self._ready: dict[tuple[bytes, str], Ready] = {}
        self._free = 0.0  # when the line is free again
        self._taking_turns = threading.Lock()
        self._compressing = threading.Lock()

    def file(self, path: str) -> Path:
        """The file of an address: of the site, or under `/bench/` one of the others."""
        name = path.split("?")[0].lstrip("/")
        return self.others / name.removeprefix("bench/") if name.startswith("bench/") else self.site / name

    def compress(self) -> None:
        """Compress what starts Python, so that nobody waits for it later."""
        for file in [*(self.site / "py").iterdir(), *self.others.iterdir()]:
            if file.is_file():
                self.compressed(file.read_bytes())

    def ready(self, path: str, preface: bytes) -> Ready | None:
        """What lies at an address; made once, as files do not change meanwhile."""
        if (preface, path) not in self._ready:
            page, file = self.pages.get(path), self.file(path)
            if page is None and file.is_dir():
                file /= "index.html"
            if page is None and not file.is_file():
                return None
            content = preface + (file.read_bytes() if page is None else page)
            tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
            kind = TYPES.get(file.suffix if page is None else ".html", "application/octet-stream")
            self._ready[preface, path] = Ready(tag, kind, self.compressed(content))
        return self._ready[preface, path]

    def compressed(self, content: bytes) -> bytes:
        """Content after Brotli, which takes its time once."""
        self.kept.mkdir(parents=True, exist_ok=True)
        kept = self.kept / hashlib.sha256(content).hexdigest()
        with self._compressing:
            if not kept.exists():
                plain = kept.with_suffix(".plain")
                plain.write_bytes(content)
                command: list[str | Path] = ["node", "--input-type=module", "-e", _COMPRESS, plain, self.kept]
                subprocess.run(command, cwd=ROOT, check=True)
                plain.unlink()
        return kept.read_bytes()

    def arrival(self, size: int, line: Line) -> float:
        """When so many bytes will have arrived that are sent now, after all that is on the line already."""
        with self._taking_turns:
            begins = max(self._free, time.monotonic())
            self._free = begins + size * 8 / (line.megabits * 1_000_000)
            return self._free


class _Compressing(Handler):
    server: Host

    def do_GET(self) -> None:  # noqa: N802  # the name that the standard library asks for
        """Send a file compressed, or say that the browser's own copy is still right."""
        in_worker = self.headers.get("Sec-Fetch-Dest") == "worker"
        ready = self.server.ready(self.path, self.server.preface if in_worker else b"")
        if ready is None:
            self.send_error(404)
            return
        tag, kind, body = ready
        if self.server.line:
            time.sleep(self.server.line.round_trip)
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.server.sent[self.path] = len(body)
        self.send_response(200)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Content-Encoding": "br",
            "ETag": tag,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self._write(body)

    def _write(self, body: bytes) -> None:
        line = self.server.line
        pieces = range(0, len(body), _PIECE if line else len(body) or 1)
        for piece in (body[start : start + pieces.step] for start in pieces):
            if line:
                time.sleep(max(0.0, self.server.arrival(len(piece), line) - time.monotonic()))
            self.wfile.write(piece)


@contextmanager
def serving(root: Path, others: Path) -> Iterator[Host]:
    """Serve the built site for as long as the block lasts."""
    host = Host(root / "build" / "site", root / "build" / "brotli", others)
    with host.running():
        yield host
