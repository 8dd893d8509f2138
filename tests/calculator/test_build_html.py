"""Every page that was built is valid HTML, says the Nu checker, which needs Java."""

import subprocess
from pathlib import Path

import pytest

CHECKER = Path(__file__).parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.prove
def test_every_page_is_valid(site):
    # It reads files, which have no origin that could be 'self', and takes data for scripts: what the
    # policy says of pages is tested in a browser.
    policy = ".*violates Content Security Policy.*"
    command = ["java", "-jar", CHECKER, "--skip-non-html", "--filterpattern", policy, site]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
