"""docs/teaching.md: every command in it can be typed, and what it says of the course is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from course.cli import main
from course.content.packs import built_in_pack, find_packs, open_packs

TEXT = (Path(__file__).parent.parent / "docs" / "teaching.md").read_text()
QUICK = ("--seeds", "1", "--workers", "1")


def test_its_commands_take_a_class_from_submissions_to_gradescope(tmp_path, monkeypatch, capsys):
    """One after the other, as they stand there; only the seeds are fewer."""
    [plan] = built_in_pack().glob("*/first-guarded-update/reference.yaml")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLCOURSE_HOME", str(tmp_path / "home"))
    assert main(["lab", "grade", "first-guarded-update", str(plan), *QUICK]) == 0
    commands = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.S) for line in block.splitlines()]
    assert len(commands) == 3
    for line in commands:
        program, *words = shlex.split(line)
        assert program == "mlcourse"
        assert main([*words, *(QUICK if words[:2] == ["class", "grade"] else ())]) == 0, capsys.readouterr().err
        if words[0] == "submit":
            (tmp_path / "class").mkdir()
            (tmp_path / "ada.jsonl").rename(tmp_path / "class" / "ada.jsonl")

    said = re.findall(r"^- `([\w.]+)`:", TEXT, re.M)
    assert sorted(said) == sorted(path.name for path in (tmp_path / "grades").iterdir())
    assert len(list((tmp_path / "for-gradescope").glob("*/results.json"))) == 1
    assert "Ada Lovelace" in (tmp_path / "grades" / "gradebook.html").read_text()


def test_its_weeks_name_lessons_and_labs_that_are_there():
    """Every lesson has its week, and each lab that is due belongs to a lesson of that week or an earlier one."""
    outline = open_packs(find_packs())[0].outline
    topics = {topic.id: {*topic.labs, *topic.incidents} for topic in outline.topics}
    seen: set[str] = set()
    for lessons, due in re.findall(r"^\| \d+ \| (.*?) \| (.*?) \|$", TEXT, re.M):
        named = [each for each in re.findall(r"`([\w-]+)`", lessons) if each != "course"]
        assert [each for each in named if each not in topics] == []
        seen.update(named)
        there = {id for lesson in seen for id in topics[lesson]}
        assert [each for each in re.findall(r"`([\w-]+)`", due) if each not in there] == []

    assert seen == set(topics)


@pytest.mark.parametrize("option", sorted(set(re.findall(r"`(--[a-z]+)", TEXT))))
def test_its_options_are_there(option, capsys):
    """Each belongs to a command that is told of."""
    helps = []
    for words in (("class", "grade"), ("class", "results"), ("submit",)):
        with pytest.raises(SystemExit):
            main([*words, "--help"])
        helps.append(capsys.readouterr().out)

    assert any(option in each for each in helps)
