"""What a command finds around it: the address, credentials that are none, and a clock that stands still."""

from __future__ import annotations

import mmap
import os
import shlex
import shutil
import struct
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CHILD = Path(__file__).parent / "child"
DROPPED = ("AWS_", "MLCOURSE_")
"""Beginnings of names that are not handed on: real credentials, profiles and addresses among them."""
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_SITE = """import importlib.util, os
def _load(name):
    spec = importlib.util.spec_from_file_location("mlcourse_" + name, os.path.join({folder!r}, name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
_simulated = _load("simulated")
if "MLCOURSE_CLOCK" in os.environ:
    _simulated.install(os.environ["MLCOURSE_CLOCK"], os.environ["MLCOURSE_CLOCK_FILE"])
    _load("extensions").install()
_simulated.next_sitecustomize(os.path.dirname(__file__))
"""


def to_paste(url: str, region: str) -> Mapping[str, str]:
    """Return what every client needs to know."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": region,
        "AWS_REGION": region,  # the one name of it that the SDK for JavaScript knows
    }


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A folder of their own for commands."""

    folder: Path
    clock: mmap.mmap

    def show(self, now_s: float) -> None:
        """Let the second of the run be read there."""
        struct.pack_into("<d", self.clock, 8, now_s)

    def environment(self, url: str, region: str, before: Mapping[str, str], *, stands: bool = True) -> dict[str, str]:
        """Return the environment of a command: as it was, without what is real about AWS; with a clock that `stands`
        still unless somebody sleeps, also what tells it the time.
        """
        kept = {
            name: value
            for name, value in before.items()
            if not name.startswith(DROPPED) and name.upper() not in PROXIES
        }
        home = self.folder / "home"
        return {
            **kept,
            **to_paste(url, region),
            **_own_packages(before),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": str(home / "config"),
            "AWS_SHARED_CREDENTIALS_FILE": str(home / "credentials"),
            "AWS_PAGER": "",
            "NO_PROXY": "*",
            "no_proxy": "*",
            "HOME": str(home),
            **(self._clock(url, kept) if stands else {}),
        }

    def _clock(self, url: str, before: Mapping[str, str]) -> dict[str, str]:
        """Return what puts patches and stubs before what they stand for."""
        first = {"PATH": "bin", "PYTHONPATH": "site"}
        others = {"PATH": before.get("PATH", os.defpath), "PYTHONPATH": before.get("PYTHONPATH", "")}
        return {
            "MLCOURSE_CLOCK": url.removeprefix("http://"),
            "MLCOURSE_CLOCK_FILE": str(self.folder / "clock"),
            **{
                name: os.pathsep.join(filter(None, (str(self.folder / folder), others[name])))
                for name, folder in first.items()
            },
        }


def _own_packages(before: Mapping[str, str]) -> dict[str, str]:
    """Return where packages of the user lie, which Python looks for in HOME."""
    if os.name != "posix" or "PYTHONUSERBASE" in before or "HOME" not in before:
        return {}
    return {"PYTHONUSERBASE": str(Path(before["HOME"]) / ".local")}


@contextmanager
def surroundings(epoch_s: float, path: str | None = None) -> Iterator[Surroundings]:
    """Make the folder, with a clock whose second 0 is at this time; it is gone after the block."""
    with TemporaryDirectory(prefix="mlcourse-") as name:
        folder = Path(name)
        for each in ("home", "site", "bin"):
            (folder / each).mkdir()
        (folder / "home" / "config").touch()
        (folder / "home" / "credentials").touch()
        (folder / "site" / "sitecustomize.py").write_text(_SITE.format(folder=str(CHILD)), encoding="utf-8")
        _stubs(folder / "bin", path)
        file = folder / "clock"
        file.write_bytes(struct.pack("<dd", epoch_s, 0.0))
        with file.open("r+b") as opened, mmap.mmap(opened.fileno(), 16) as clock:
            yield Surroundings(folder, clock)


def _stubs(folder: Path, path: str | None) -> None:
    """Write `sleep` and `date` for shells."""
    real_date = shutil.which("date", path=path)
    words = {"sleep": "sleep"} | ({"date": f"date {shlex.quote(real_date)}"} if real_date else {})
    for name, word in words.items():
        run = f"{shlex.quote(sys.executable)} -I -S {shlex.quote(str(CHILD / 'stubs.py'))}"
        stub = folder / name
        stub.write_text(f'#!/bin/sh\nexec {run} {word} "$@"\n', encoding="utf-8")
        stub.chmod(0o755)
