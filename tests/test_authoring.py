"""docs/authoring.md from its first line to its last, as a reader goes through it in an empty folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from course import wiring
from course.cli import _parser, main
from course.cli.words import completed
from course.content.pack import Pack

PAGE = Path(__file__).parent.parent / "docs" / "authoring.md"
PIECE = re.compile(r"^```(?P<kind>sh|diff)\n(?P<text>.*?)^```$", re.S | re.M)
WANTING = "# finds something"
"""Behind a command that does not end well, and is not meant to."""
FOR_A_SCREEN = ("preview",)
"""What opens the screens: here it is only asked whether the words are known."""


def test_the_page_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    """Each command ends as the page says, each change fits the file that is there, and the pack is whole at the end."""
    monkeypatch.setenv("MLCOURSE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(wiring, "cores", lambda: 1)  # to start processes takes longer than what they would do
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    ended: list[tuple[str, bool, str]] = []
    for piece in PIECE.finditer(PAGE.read_text(encoding="utf-8")):
        if piece["kind"] == "diff":
            _change(piece["text"])
            continue
        for line in piece["text"].splitlines():
            code = _typed(line, monkeypatch)
            ended.append((line, bool(code), "".join(capsys.readouterr())))

    assert [each for each in ended if each[1] != each[0].endswith(WANTING)] == []
    assert any("'b' is graded wrong; mend the key, or move it to `rejects`" in said for _, _, said in ended)
    pack = Pack(work / "late-prices")
    assert pack.lab("late-lab").title == "Nobody was told"
    assert len(ended) > 20


def _typed(line: str, monkeypatch: pytest.MonkeyPatch) -> int:
    words = shlex.split(line, comments=True)
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
        return 0
    assert words[0] == "mlcourse"
    if words[1] in FOR_A_SCREEN:
        parser, names = _parser()
        assert words[1] in names
        parser.parse_args(completed(words[1:], names))
        return 0
    return main(words[1:])


def _change(diff: str) -> None:
    """Put what is marked + in the place of what is marked - just before it, or at the end where there is none."""
    name, *lines = diff.splitlines()
    path = Path(name.removeprefix("--- "))
    text = path.read_text(encoding="utf-8")
    while lines:
        old, new = (_taken(lines, sign) for sign in "-+")
        assert not old or text.count(old) == 1, f"{path} does not hold once {old!r}"
        text = text.replace(old, new) if old else f"{text}\n{new}"
    path.write_text(text, encoding="utf-8")


def _taken(lines: list[str], sign: str) -> str:
    taken = ""
    while lines and lines[0].startswith(sign):
        taken += lines.pop(0)[1:] + "\n"
    return taken
