"""The small tools: alarm, glossary, doctor, check, simulate."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("row", "mode", "state"),
    [
        ("0 - X - X", "missing", "OK"),
        ("0 X X - X", "notBreaching", "ALARM"),
        ("- - - - -", "missing", "INSUFFICIENT_DATA"),
        ("- - - - -", "breaching", "ALARM"),
        ("- - - - -", "ignore", "OK"),
        ("- - X - -", "missing", "ALARM"),
        ("- - X - -", "notBreaching", "OK"),
    ],
)
def test_an_alarm_decides_as_cloudwatch_prints(mlcourse, row, mode, state):
    """Rows of the table for 3 of 3 in a range of 5 (spec cloudwatch 2)."""
    arguments = ("--evaluation-periods", "3", "--treat-missing-data", mode, "--state", "OK", "--json")
    answer = mlcourse("alarm", row, *arguments).json

    assert answer["state"] == state
    assert answer["reason"]


def test_an_alarm_compares_values_with_a_threshold(mlcourse):
    """With one, the row holds numbers; what is none is wrong usage, as is a threshold that is none."""
    at = ("--evaluation-periods", "3", "--datapoints-to-alarm", "2", "--json", "--threshold")

    assert mlcourse("alarm", "2 5 - 4.9 7", *at, "5").json == mlcourse("alarm", "0 X - 0 X", *at[:-1]).json
    assert "'X' is no number" in mlcourse("alarm", "0 - X", *at, "5").err
    assert mlcourse("alarm", "1 2 3", *at, "nan").code == 2


@pytest.mark.parametrize(
    ("row", "n", "mode", "state", "looked_at"),
    [
        pytest.param("0 - - - - -", "1", "breaching", "ALARM", 3, id="the good point is too old to count"),
        pytest.param("0 - -", "1", "breaching", "OK", 3, id="here it still counts"),
        pytest.param("X X X 0 - - - -", "3", "missing", "OK", 5, id="breaches before the range"),
    ],
)
def test_an_alarm_looks_no_further_back_than_its_range(mlcourse, row, n, mode, state, looked_at):
    """N points and two more; which ones is told where the row has more."""
    arguments = ("--evaluation-periods", n, "--treat-missing-data", mode, "--json")
    answer = mlcourse("alarm", row, *arguments).json
    told = f"Of {len(row.split())} points the newest {looked_at} are looked at"

    assert (answer["state"], answer["looked_at"]) == (state, looked_at)
    assert (told in answer["reason"]) is (len(row.split()) > looked_at)
    assert all(len(row.split()) - looked_at <= place < len(row.split()) for place in answer["decided_by"])


def test_the_glossary_finds_a_word_in_term_or_definition(mlcourse):
    """`glossary WORD` searches both."""
    found = mlcourse("glossary", "canary", "--json").json

    assert found
    assert all("canary" in f"{term['term']} {term['definition']}".casefold() for term in found)
    assert mlcourse("glossary", "xyzzy").code == 1


def test_the_doctor_finds_nothing_wrong(mlcourse, home):
    """All five packages come from one place, and the history can be written."""
    result = mlcourse("doctor", "--json")

    assert result.json["problems"] == []
    assert result.json["facts"]["history"] == str(home / "history.db")


def test_the_doctor_names_a_pack_that_is_left_out(mlcourse, home):
    """A broken pack does not keep the course from starting, and somebody must say why it is missing."""
    broken = home / "packs" / "broken"
    broken.mkdir(parents=True)
    (broken / "course.yaml").write_text("format: 1\n")
    result = mlcourse("doctor", "--json")

    assert result.code == 1
    assert any("broken" in problem for problem in result.json["problems"])


def test_the_doctor_lists_the_packs(mlcourse, home, tmp_path):
    """Where each comes from, what it holds, and why it is left out; also one that is named behind the command."""
    one = _small_pack(tmp_path / "one", "sparrow", "canary")
    two = _small_pack(home / "packs" / "two", "finch", "canary")
    (Path(two) / "terms.yaml").write_text("format: 1\nterms: [{id: canary}]\n")
    result = mlcourse("doctor", "--pack", one, "--json")
    before = mlcourse("--pack", one, "doctor")

    assert result.code == 1
    assert [(each["id"], each["origin"]) for each in result.json["packs"]] == [
        ("deploying-models-safely", "built in"),
        ("sparrow", "--pack"),
    ]
    [left_out] = result.json["left_out"]
    assert left_out["origin"] == "added"
    assert "the term id 'canary' is taken in" in left_out["why"][0]
    assert result.json["packs"][0]["labs"] > 20
    assert f"  sparrow: Mine\n    --pack {one}\n    1 term\n" in before.out


def test_the_linter_passes_the_built_in_pack(mlcourse):
    """Every file loads and every answer key proves itself; the labs' proofs have a test of their own."""
    result = mlcourse("check", "--no-labs")

    assert result.code == 0, result.out


def test_the_linter_says_that_a_pack_would_be_left_out(mlcourse, tmp_path):
    """An id that the built-in pack has is found before the pack is put into use."""
    pack = tmp_path / "mine"
    pack.mkdir()
    (pack / "course.yaml").write_text("format: 1\nid: mine\ntitle: Mine\nglossary: terms.yaml\nparts: []\n")
    (pack / "terms.yaml").write_text(
        "format: 1\nterms: [{id: canary, term: Canary, definition: A bird., "
        "source: {url: 'https://a.org/', checked: 2026-11-27}}]\n"
    )
    checked = mlcourse("check", str(pack), "--no-labs")
    used = mlcourse("--pack", str(pack), "glossary", "A bird")

    assert (checked.code, used.code) == (1, 1)
    assert "terms.yaml:2:14: the term id 'canary' is taken in " in checked.out
    assert "terms.yaml:2:14: the term id 'canary' is taken in " in used.err


MINE = "format: 1\nid: {id}\ntitle: Mine\nglossary: terms.yaml\nparts: []\n"
TERMS = (
    "format: 1\nterms: [{{id: {id}, term: A {id}, definition: A bird., see: [canary, {sees}], "
    "source: {{url: 'https://a.org/', checked: 2026-11-27}}}}]\n"
)


def _small_pack(folder: Path, id: str, sees: str) -> str:
    folder.mkdir(parents=True)
    (folder / "course.yaml").write_text(MINE.format(id=id))
    (folder / "terms.yaml").write_text(TERMS.format(id=id, sees=sees))
    return str(folder)


def test_packs_that_are_given_are_checked(mlcourse, tmp_path):
    """All of them, each beside the others and the built-in one; one that is named is checked alone."""
    one = _small_pack(tmp_path / "one", "sparrow", "finch")
    two = _small_pack(tmp_path / "two", "finch", "eagle")
    both = mlcourse("--pack", one, "--pack", two, "check")
    first = mlcourse("--pack", one, "--pack", two, "check", one, "--json")
    alone = mlcourse("check", one)

    assert (both.code, first.code, alone.code) == (1, 0, 1)
    assert f"{one}: All is well" in both.out
    assert f"{two}/terms.yaml:2:" in both.out
    assert "there is no term 'eagle'" in both.out
    assert first.json["problems"] == []
    assert "there is no term 'finch'" in alone.out
    assert mlcourse("--pack", one, "--pack", two, "check", "--json").json["packs"][1]["ok"] is False
    assert mlcourse("--pack", one, "--pack", two, "check", "--coverage").code == 2


def test_sources_grow_old_by_the_day_that_is_given(mlcourse, tmp_path):
    """Advice from eighteen months on, which fails a strict check alone; a day that is yet to come is told as well."""
    pack = _small_pack(tmp_path / "one", "sparrow", "canary")
    days = {"2028-05-26": 0, "2028-05-27": 1, "2026-11-26": 0, "2026-11-25": 1}

    assert {day: mlcourse("check", pack, "--strict", "--today", day).code for day in days} == days
    assert mlcourse("check", pack, "--today", "2028-05-27").code == 0
    assert "for 18 months; look, and write" in mlcourse("check", pack, "--today", "2028-05-27").out
    assert "2026-11-27 is yet to come" in mlcourse("check", pack, "--today", "2026-11-25").out
    assert mlcourse("check", pack, "--today", "soon").code == 2


def test_the_measured_run_can_be_replayed(mlcourse, request):
    """`simulate` runs the recorded deployment of docs/replay (spec sagemaker 4.1)."""
    folder = request.config.rootpath / "docs" / "replay"
    run = mlcourse("simulate", str(folder / "world.yaml"), str(folder / "plan.yaml"), "--json").json

    assert run["outcome"] == "rolled-back"
    assert run["endpoint"]["EndpointStatus"] == "InService"
