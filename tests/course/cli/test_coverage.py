"""`mlcourse check --coverage`: a table for people, and the same for programs."""

from __future__ import annotations

from tests.course.content.test_coverage import BLUEPRINT, pack_with


def test_the_table_fits_80_columns_and_says_what_falls_short(mlcourse, tmp_path):
    """And ends with 1."""
    run = mlcourse("check", "--coverage", str(pack_with(tmp_path, BLUEPRINT).root))
    [head, row, *_] = run.out.splitlines()

    assert head.split() == ["all", "S", "M", "Mt", "O", "N", "T", "C", "F", "comp."]
    assert row.split() == ["fleets", "3/5", "1/1", "0/0", "0/0", "0/0", "2/4", "0/0", "0/0", "0/0", "0/1"]
    assert "  fleets: numeric by 2, computed by 1" in run.out
    assert max(map(len, run.out.splitlines())) <= 80
    assert run.code == 1
    assert max(map(len, mlcourse("check", "--coverage").out.splitlines())) <= 80


def test_programs_get_the_same(mlcourse, tmp_path):
    """Counts with what was wanted, and the sentences."""
    run = mlcourse("check", "--coverage", "--json", str(pack_with(tmp_path, BLUEPRINT).root))

    assert run.json["lessons"]["fleets"]["numeric"] == {"have": 2, "want": 4}
    assert run.json["objectives"]["mla-c01"]["3.1"] == {"have": 1, "want": 1}
    assert (run.json["ok"], run.json["unwritten"], len(run.json["short"])) == (False, ["tails"], 4)


def test_to_be_read_out_each_figure_stands_behind_its_name(mlcourse, tmp_path):
    """And without a blueprint there is nothing to fall short of."""
    run = mlcourse("--plain", "check", "--coverage", str(pack_with(tmp_path, None).root))

    assert "fleets: items 3, single 1" in run.out
    assert "short" not in run.out.replace("short-text", "")
    assert run.code == 0


def test_a_wrong_blueprint_is_no_traceback(mlcourse, tmp_path):
    """It is said where and what."""
    root = str(pack_with(tmp_path, "format: 1\nlessons: []\n").root)

    assert "blueprint.yaml:2:10: `lessons` is a list; it must be a mapping" in mlcourse("check", "--coverage", root).out
    told = mlcourse("check", "--coverage", "--json", root)
    assert (told.code, told.json["ok"], told.json["problems"][0]["line"]) == (1, False, 2)
