"""What `build.py` says and does before it builds: help, refusals, and when it has nothing to do."""

import ast
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import build

ROOT = Path(__file__).parents[2]


def said(*arguments: str, code: str | None = None) -> str:
    """The one thing that a refused command says, on standard error."""
    command = ["-c", code] if code else ["build.py", *arguments]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    return done.stderr.strip()


def test_help_names_every_step():
    done = subprocess.run(
        [sys.executable, "build.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for step in build.STEPS:
        assert f"python3 build.py {step}" in done.stdout


def test_an_unknown_step_gets_the_nearest_one():
    assert said("biuld") == "build.py: no step is called 'biuld'; try: python3 build.py build"


def test_a_port_in_use_is_told_before_anything_is_built():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert said("serve", str(port)).startswith(f"build.py: port {port} is in use: ")


@pytest.mark.parametrize("port", ["http", "70000", "-1"])
def test_a_port_that_is_none(port):
    assert "a port is a whole number" in said("serve", port)


@pytest.mark.parametrize("url", ["example.org", "https://", "https://example.org/?x", "ftp://example.org/"])
def test_an_address_that_is_none(url):
    assert "an address looks like https://example.org/folder/" in said("build", "--url", url)


def test_a_python_that_is_too_old_is_told_so():
    head = "import sys; sys.version_info = (3, 9, 2, 'final', 0); exec(open('build.py').read())"
    assert said(code=head) == "build.py: this is Python 3.9; it needs 3.11 or later"
    ast.parse(Path("build.py").read_text("utf-8"), feature_version=(3, 8))  # which can read that far


def test_a_missing_network_is_told_apart_from_other_failures():
    offline = "import sys; sys.exit('Temporary failure in name resolution')"
    with pytest.raises(build.Stop, match="no network, it seems"):
        build.download(sys.executable, "-c", offline)
    with pytest.raises(build.Failed, match="failed; what it said last stands above") as caught:
        build.download(sys.executable, "-c", "import sys; sys.exit('hash mismatch')")
    assert caught.value.said == "hash mismatch\n"


def test_a_missing_system_part_is_named(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(build.Stop, match=r"Firefox is missing: install it .* \(firefox-esr on Debian\)"):
        build.apt("firefox-esr", "Firefox")


def test_any_change_of_what_the_site_is_made_from_is_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(build, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    seen = {build.fingerprint("a"), build.fingerprint("b")}
    (tmp_path / "docs" / "new.md").write_text("x")
    seen.add(build.fingerprint("a"))
    (tmp_path / "docs" / "new.md").write_text("y")
    seen.add(build.fingerprint("a"))
    (tmp_path / "docs" / "new.md").rename(tmp_path / "docs" / "renamed.md")
    seen.add(now := build.fingerprint("a"))
    assert len(seen) == 5
    for made in ("build", ".venv", "node_modules", "tests", "docs/__pycache__"):
        (tmp_path / made).mkdir()
        (tmp_path / made / "file").write_text("x")
    assert build.fingerprint("a") == now
