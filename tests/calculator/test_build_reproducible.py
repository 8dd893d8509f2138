"""Two builds of the same files give the same bytes, wherever and whenever they are made."""

import filecmp
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MADE = ["build", "node_modules", "__pycache__", ".*"]


def differing(one: Path, other: Path) -> list[str]:
    """The files of two folders that are not the same."""
    files = {
        file.relative_to(folder) for folder in (one, other) for file in folder.rglob("*") if file.is_file()
    }
    return sorted(
        str(file)
        for file in files
        if not (
            (one / file).is_file()
            and (other / file).is_file()
            and filecmp.cmp(one / file, other / file, False)
        )
    )


@pytest.mark.prove
def test_a_copy_elsewhere_builds_the_same_site(site, tmp_path):
    copy = tmp_path / "a copy with spaces"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*MADE))
    for set_up in (".venv", "node_modules"):
        (copy / set_up).symlink_to(ROOT / set_up)
    subprocess.run([sys.executable, "build.py", "build"], cwd=copy, check=True)
    assert differing(site, copy / "build" / "site") == []
