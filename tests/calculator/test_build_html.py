"""Every page that was built is valid HTML, says the Nu checker, which needs Java."""

import subprocess
from pathlib import Path

import pytest

CHECKER = Path(__file__).parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.prove
def test_every_page_is_valid(site):
    command = ["java", "-jar", str(CHECKER), "--skip-non-html", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
