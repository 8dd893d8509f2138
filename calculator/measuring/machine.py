"""What was measured on: the machine by its processor and system, and the versions of what was compared."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from pathlib import Path


def machine() -> dict[str, str | int]:
    """The processor, how many of its cores there are, the memory in GiB, and the system."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cores = os.cpu_count() or 1
    return {"processor": _processor(), "cores": cores, "memory": round(memory / 2**30), "system": _system()}


def versions(root: Path, browser: str) -> dict[str, str]:
    """Each by its name."""
    node = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True)
    return {
        "Chromium": browser,
        "CPython": platform.python_version(),
        "Node.js": node.stdout.strip().lstrip("v"),
        **{
            title: _package(root, name)
            for title, name in (("Pyodide", "pyodide"), ("publicodes", "publicodes"))
        },
    }


def _package(root: Path, name: str) -> str:
    text = (root / "node_modules" / name / "package.json").read_text("utf-8")
    return str(json.loads(text)["version"])


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next(iter(named), "") or platform.processor() or platform.machine()


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = platform.system()
    return f"{name}, kernel {platform.release().split('-')[0]}"
