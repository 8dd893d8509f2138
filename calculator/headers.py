"""The headers that every file of the site is served with, from which all the rest is written.

The local server sends them, the header files for hosts are made of them, and the policy's part that
a page can hold itself stands in the page too.
"""

from __future__ import annotations

import re

IMMUTABLE = "inlined"  # the folder of files that are named by their content

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # WebAssembly: Python
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's icons are data in its style sheet
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "frame-src": "'self'",  # the page on embedding shows an embed
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # A page that asks this of all it holds may hold an embed, so an embed asks it of itself; our
    # own worker must then ask it too, and the simplest is that every file does.
    "Cross-Origin-Embedder-Policy": "require-corp",
}

# Types that hosts do not always know; with "nosniff" a wrong one stops the page.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".webmanifest": "application/manifest+json",
}


def is_embed(path: str) -> bool:
    """Whether a path of the site belongs to what other sites may show."""
    return re.search(r"(^|/)embed/v\d+/", path) is not None


def page_policy() -> str:
    """The content security policy, as far as a page can hold it in itself."""
    return "; ".join(f"{directive} {sources}" for directive, sources in _POLICY.items())


def headers(path: str) -> dict[str, str]:
    """The headers of a file, by its path in the site."""
    embed = is_embed(path)
    ancestors = "*" if embed else "'none'"
    ours_alone = {} if embed else {"Cross-Origin-Opener-Policy": "same-origin"}
    immutable = re.search(rf"(^|/){IMMUTABLE}/", path)
    return {
        "Content-Security-Policy": f"{page_policy()}; frame-ancestors {ancestors}",
        **_EVERYWHERE,
        **ours_alone,
        "Cross-Origin-Resource-Policy": "cross-origin" if embed else "same-origin",
        "Cache-Control": "public, max-age=31536000, immutable" if immutable else "no-cache",
    }
