"""The pages in docs/clients as a reader goes through them: files are saved, commands are run, their output is there.

Clients that are not installed are skipped, which is said. Packages of Node.js are found as `require` finds them
(NODE_PATH), Terraform's provider in its cache (TF_PLUGIN_CACHE_DIR); folders with programs of their own, such as the
`bin` of an environment with the SageMaker SDK, are named in MLCOURSE_CLIENTS, as PATH is written.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from course.cli import _parser, main
from course.cli.words import completed
from tests.labs.takeaway.test_other_clients import SDKS, can_require, plugins

FOLDER = Path(__file__).parent.parent / "docs" / "clients"
PAGES = sorted(FOLDER.glob("*.md"))
PIECE = re.compile(r"^```(?P<kind>\w+)\n(?:(?:#|//) (?P<name>[\w.-]+\.\w+)\n)?(?P<text>.*?)^```$", re.S | re.M)
OWN = Path(sys.executable).parent
"""Where boto3 and the `aws` command are, which the tests install."""


@dataclass(frozen=True)
class Example:
    """Commands of a page, with the files that stand before them and the output that stands behind them."""

    page: str
    files: dict[str, str]
    commands: tuple[str, ...]
    says: tuple[str, ...]
    """Lines of its output, in their order."""

    @property
    def script(self) -> str:
        """Return everything that is run."""
        return "\n".join((*self.files.values(), *self.commands))


def examples() -> Iterator[Example]:
    """Yield every example of every page."""
    for page in PAGES:
        files: dict[str, str] = {}
        commands: tuple[str, ...] = ()
        for piece in PIECE.finditer(page.read_text(encoding="utf-8")):
            if piece["name"]:
                files[piece["name"]] = piece["text"]
            elif piece["kind"] == "sh":
                commands = tuple(piece["text"].splitlines())
            elif piece["kind"] == "text":
                yield Example(page.stem, files, commands, tuple(piece["text"].splitlines()))
                files = {}


def missing(example: Example, pythons: list[Path]) -> tuple[str, Path | None]:
    """Return what is not installed, in words, and the folder that has a Python for it."""
    script = example.script
    if "import aws_cdk" in script:
        return having(pythons, "aws_cdk", "aws-cdk-lib", "2")
    if "from sagemaker" in script:
        return having(pythons, "sagemaker", "sagemaker", "3" if "sagemaker.core" in script else "2")
    if "@aws-sdk/" in script and not can_require(SDKS):
        return f"{' and '.join(SDKS)} are not installed for Node.js", None
    if "terraform apply" in script and (shutil.which("terraform") is None or plugins() is None):
        return "terraform or its provider for AWS is not installed", None
    for program in ("bash", "curl"):
        if f"{program} -" in script and shutil.which(program) is None:
            return f"{program} is not installed", None
    return "", OWN


def having(folders: list[Path], module: str, package: str, major: str) -> tuple[str, Path | None]:
    """Return the folder whose Python has this major of a package; what is missing if there is none."""
    ask = f"from importlib.metadata import version; print(version({package!r}))"
    for folder in folders:
        if (python := folder / "python").exists():
            said = subprocess.run([python, "-I", "-c", ask], capture_output=True, text=True, check=False, timeout=60)
            if said.stdout.startswith(f"{major}."):
                return "", folder
    return f"{module} {major}.x is not installed", None


@pytest.mark.parametrize(
    "example", tuple(examples()), ids=lambda each: f"{each.page}-{next(iter(each.files), 'again')}"
)
def test_an_example(example, tmp_path, monkeypatch, capfd):
    """It ends well, and prints what the page says."""
    others = [Path(each) for each in os.environ.get("MLCOURSE_CLIENTS", "").split(os.pathsep) if each]
    lacks, folder = missing(example, [OWN, *others])
    if lacks:
        pytest.skip(lacks)
    first = [str(each) for each in (folder, OWN) if each]
    monkeypatch.setenv("PATH", os.pathsep.join((*first, os.environ["PATH"])))
    monkeypatch.setenv("MLCOURSE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    for each in FOLDER.glob("*.yaml"):
        shutil.copy(each, tmp_path)
    for name, text in example.files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    _installed_here(example, monkeypatch)
    codes = [typed(each) for each in example.commands]
    printed = capfd.readouterr()
    lines = iter(printed.out.splitlines())

    assert codes == [0] * len(codes), printed.err
    assert [each for each in example.says if each not in lines] == [], printed.out


def typed(line: str) -> int:
    """Run a command of a page; return its exit code."""
    words = shlex.split(line)
    if words[0] == "mlcourse":
        return main(words[1:])
    return subprocess.run(words, check=False, timeout=120).returncode


def _installed_here(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what the page says comes first: install packages beside the script, let Terraform find its provider."""
    if "@aws-sdk/" in example.script:
        ask = ["node", "-p", f"require.resolve('{SDKS[0]}/package.json')"]
        found = Path(subprocess.run(ask, capture_output=True, text=True, check=True, timeout=60).stdout.strip())
        Path("node_modules").symlink_to(found.parents[2])
    if "terraform apply" in example.script:
        folder = str(plugins())
        monkeypatch.setenv("CHECKPOINT_DISABLE", "1")
        monkeypatch.delenv("TF_PLUGIN_CACHE_DIR", raising=False)
        monkeypatch.delenv("TF_CLI_CONFIG_FILE", raising=False)
        subprocess.run(["terraform", "init", f"-plugin-dir={folder}"], capture_output=True, check=True, timeout=120)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_of_ours_is_known(page):
    """Whatever a page names of mlcourse can be typed, with the worlds that are beside it."""
    text = page.read_text(encoding="utf-8")
    parser, names = _parser()
    commands = re.findall(r"^mlcourse .*$|(?<=`)mlcourse [^`]*(?=`)", text, re.M)
    for line in commands:
        parser.parse_args(completed(shlex.split(line)[1:], names))

    assert commands
    assert all((FOLDER / each).exists() for line in commands for each in re.findall(r"\b(?:shop|empty)\.yaml", line))


def test_every_page_is_in_the_entry():
    """And has an example that is run."""
    entry = (FOLDER.parent / "real-clients.md").read_text(encoding="utf-8")

    assert [page.name for page in PAGES if f"(clients/{page.name})" not in entry] == []
    assert {each.page for each in examples()} == {page.stem for page in PAGES}
