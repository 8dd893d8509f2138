"""A server for this machine that sends what a good host sends, under any path."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from calculator.headers import TYPES, headers


class Server(ThreadingHTTPServer):
    """Serves a built site at `http://127.0.0.1:PORT/PREFIX/`; port 0 takes any that is free."""

    allow_reuse_address = True  # a server that was just stopped does not hold its port
    daemon_threads = True

    def __init__(
        self, site: Path, port: int = 0, prefix: str = "/", handler: Callable[..., Handler] | None = None
    ) -> None:
        self.site, self.prefix = site, prefix
        super().__init__(("127.0.0.1", port), partial(handler or Handler, directory=str(site)))

    @property
    def url(self) -> str:
        """The address of the site's root."""
        return f"http://127.0.0.1:{self.server_port}{self.prefix}"

    @contextmanager
    def running(self) -> Iterator[str]:
        """Serve in the background for as long as the block lasts; gives the address."""
        with self:
            threading.Thread(target=self.serve_forever, daemon=True).start()
            try:
                yield self.url
            finally:
                self.shutdown()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing where a visitor left while a file was on its way."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Handler(SimpleHTTPRequestHandler):
    """Sends a file with the headers that it is to have."""

    server: Server
    protocol_version = "HTTP/1.1"  # keeps connections, as hosts do
    disable_nagle_algorithm = True  # a small file does not wait until its headers are confirmed
    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES

    packed = False  # whether what is sent is what the build compressed

    def translate_path(self, path: str) -> str:
        """Find an address's file in the site; for a browser that takes it, what the build compressed."""
        if not path.startswith(self.server.prefix):
            return str(self.server.site / "no such file")
        file = Path(super().translate_path(path.removeprefix(self.server.prefix.rstrip("/"))))
        if path.split("?")[0].endswith("/"):
            file /= "index.html"
        packed = file.with_name(f"{file.name}.br")
        self.packed = "br" in re.findall(r"\w+", self.headers["Accept-Encoding"] or "") and packed.is_file()
        return str(packed if self.packed else file)

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Tell a file's type; what is compressed is of the type of what it was made from."""
        return super().guess_type(str(path).removesuffix(".br") if self.packed else path)

    def end_headers(self) -> None:
        """Add what a good host adds."""
        path = getattr(self, "path", "/").split("?")[0].removeprefix(self.server.prefix)
        for name, value in headers(path).items():
            self.send_header(name, value)
        self.send_header("Vary", "Accept-Encoding")
        if self.packed:
            self.send_header("Content-Encoding", "br")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own page for what is missing."""
        page = self.server.site / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: the browser tells what it asked for."""
