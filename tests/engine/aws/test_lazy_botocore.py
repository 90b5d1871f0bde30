"""Nothing of AWS's is loaded before it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = "import sys, {module}; print(sorted(name for name in sys.modules if name.split('.')[0] == 'botocore'))"


@pytest.mark.parametrize("module", ["engine.aws.checking", "engine.aws.takeaway.forms", "engine.aws.allowed"])
def test_botocore_waits(module: str) -> None:
    """Importing the checks does not import botocore, which takes a quarter of a second."""
    loaded = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(module=module)], capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "[]"
