"""The headers of the local server, as files for the usual hosts, in the site itself.

`_headers` is for Netlify and Cloudflare Pages, `.htaccess` for Apache: both find it where it lies.
`nginx.conf` is to be included in a `server` block. The first two hosts compress by themselves; Apache sends what the
build compressed, and so does nginx where it has the module.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from calculator.headers import IMMUTABLE, TYPES, headers

# What sets files apart, as a regular expression on addresses; a file of that kind.
_EMBEDS = (r"/embed/v\d+/", headers("embed/v1/"))
_IMMUTABLE = (f"/{IMMUTABLE}/", headers(f"{IMMUTABLE}/"))
_ORDINARY = headers("")


def write(site: Path, url: str) -> None:
    """Write all three, for a site that will lie at `url`."""
    root = urlsplit(url).path
    top = sorted(f"{entry.name}/" if entry.is_dir() else entry.name for entry in site.iterdir())
    (site / "_headers").write_text(_headers(root, top), "utf-8")
    (site / ".htaccess").write_text(_htaccess(root), "utf-8")
    (site / "nginx.conf").write_text(_nginx(root), "utf-8")


def _headers(root: str, top: list[str]) -> str:
    """A rule for each entry of the site's folder, as hosts differ in what two rules for one file mean."""
    rules = []
    for path in ["", *top]:
        embeds = "v1/" if path == "embed/" else ""
        lines = [f"  {name}: {value}" for name, value in headers(path + embeds).items()]
        rules.append("\n".join([f"{root}{path}{'*' if path.endswith('/') else ''}", *lines]))
    return "\n\n".join(rules) + "\n"


def _htaccess(root: str) -> str:
    lines = [f"ErrorDocument 404 {root}404.html", "DirectoryIndex index.html", "AddDefaultCharset off"]
    lines += [f'AddType "{kind}" {ending}' for ending, kind in TYPES.items()]
    lines += ["# The site must not be served without these headers: an error where mod_headers is missing."]
    lines += [f'Header always set {name} "{value}"' for name, value in _ORDINARY.items()]
    for pattern, differing in (_EMBEDS, _IMMUTABLE):
        lines.append(f'<If "%{{REQUEST_URI}} =~ m#{pattern}#">')
        for name, value in _ORDINARY.items():
            if name not in differing:
                lines.append(f"  Header always unset {name}")
            elif differing[name] != value:
                lines.append(f'  Header always set {name} "{differing[name]}"')
        lines.append("</If>")
    lines += [
        "<IfModule mod_rewrite.c>",
        "RewriteEngine On",
        r"RewriteCond %{HTTP:Accept-Encoding} \bbr\b",
        "RewriteCond %{REQUEST_FILENAME}.br -f",
        "RewriteRule ^(.+)$ $1.br [L]",
        *(
            f'<FilesMatch "\\{ending}\\.br$">\nForceType "{kind}"\nHeader set Content-Encoding br\n'
            "Header append Vary Accept-Encoding\n</FilesMatch>"
            for ending, kind in TYPES.items()
        ),
        "</IfModule>",
    ]
    return "\n".join(lines) + "\n"


def _nginx(root: str) -> str:
    lines = [
        "# Include this in a server block that sets `root`. Where nginx has the module, take the # away:"
    ]
    lines += ["# brotli_static on;"]
    lines += [f"error_page 404 {root}404.html;", "index index.html;", "include mime.types;", "types {"]
    for ending, kind in TYPES.items():
        lines.append(f"  {kind.split(';')[0]} {ending[1:]};")
    lines += ["}", "charset utf-8;", "charset_types text/css text/javascript;"]
    for place, differing in (
        (root, _ORDINARY),
        (f"~ {_EMBEDS[0]}", _EMBEDS[1]),
        (f"~ {_IMMUTABLE[0]}", _IMMUTABLE[1]),
    ):
        lines += [
            f"location {place} {{",
            *(f'  add_header {name} "{value}" always;' for name, value in differing.items()),
            "}",
        ]
    return "\n".join(lines) + "\n"
