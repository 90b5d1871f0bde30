"""The report shows the film: nothing in it has been worked out a second time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.run import TrafficShare
from labs.film.film import film_of
from labs.grade import Grade
from labs.grading.grade_plan import grade
from labs.report.figures import Report, figure_of
from tests.labs.film.runs import PLAN, WORLD, broken_run, healthy_run
from tests.labs.tiny import GUARDED, LAB, SEEDS

STATES = {"✓": "OK", "✗": "ALARM", "?": "INSUFFICIENT_DATA"}


@pytest.fixture(scope="module")
def a_grade() -> Grade:
    """What the lower half of the page is about."""
    return grade(LAB, GUARDED, SEEDS)


def two_variants():
    """A run whose second variant fails in its own way, a little later."""
    run = broken_run()
    canary = [
        replace(each, dimensions=(*each.dimensions[:2], ("VariantName", "second")), points=(None, *each.points))
        for each in run.metrics
    ]
    return replace(run, metrics=(*run.metrics, *canary))


def three_fleets():
    """A run in which a second update came."""
    run = broken_run()
    later = [replace(each, dimensions=(("EndpointConfigName", "churn-v3"),)) for each in run.metrics[-2:]]
    return replace(run, metrics=(*run.metrics, *later), traffic=(*run.traffic, TrafficShare(1500.0, {"churn-v3": 1.0})))


def drawn(axes) -> dict[str, list[tuple[float, float]]]:
    """The points of each line, by its label."""
    return {line.get_label(): list(zip(line.get_xdata(), line.get_ydata(), strict=True)) for line in axes.get_lines()}


def points(minutes) -> list[tuple[float, float]]:
    """What is known of some minutes, each in its middle."""
    return [(at + 0.5, value) for at, value in enumerate(minutes) if value is not None]


@pytest.mark.parametrize("a_run", [broken_run, healthy_run, two_variants, three_fleets], ids=lambda run: run.__name__)
def test_the_numbers_drawn_are_the_films(a_run, a_grade):
    """Errors and latencies of every fleet, minute by minute, and the states of every alarm with their times."""
    film = film_of(a_run(), WORLD, PLAN)
    figure = figure_of(Report(title="Ours", release="broken", film=film, grade=a_grade))
    _, errors, latency, alarms, requests, instances, *_ = figure.axes
    failed = {"5XX": "errors_5xx", "4XX": "errors_4xx"}
    took = {"p50": "p50_ms", "p99": "p99_ms"}
    spans = {name: film.alarm_spans(name, film.run.ended_s) for name in film.alarms(film.run.ended_s)}

    assert drawn(errors) == expected(film, failed, lambda minutes: any(minutes))
    assert drawn(latency) == expected(film, took, bool)
    assert drawn(requests) == expected(film, {"requests": "requests"}, any)
    assert drawn(instances) == expected(film, {"instances": "instances"}, any)
    assert f"{film.cost_usd[-1]:.2f} USD" in instances.get_title(loc="left")
    assert [label.get_text() for label in alarms.get_yticklabels()] == list(spans)
    assert bars(alarms) == [
        (row, pytest.approx(span.start / 60), pytest.approx(span.end / 60))
        for row, name in enumerate(spans)
        for span in spans[name]
    ]
    assert signs(alarms) <= {
        (row, round((span.start + span.end) / 120, 6), span.state)
        for row, name in enumerate(spans)
        for span in spans[name]
    }
    assert signs(alarms)


def expected(film, series, worth_drawing) -> dict[str, list[tuple[float, float]]]:
    """The lines that there must be, and no other."""
    found = {f"{fleet.config} {word}": getattr(fleet, name) for fleet in film.fleets for word, name in series.items()}
    return {label: points(minutes) for label, minutes in found.items() if worth_drawing(minutes)}


def bars(axes) -> list[tuple[int, float, float]]:
    """Row, start and end of each bar."""
    return [
        (round(bar.get_y() + bar.get_height() / 2), bar.get_x(), bar.get_x() + bar.get_width()) for bar in axes.patches
    ]


def signs(axes) -> set[tuple[int, float, str]]:
    """Row, place and state of each sign."""
    return {(text.get_position()[1], round(text.get_position()[0], 6), STATES[text.get_text()]) for text in axes.texts}


def test_each_fleet_has_a_colour_and_a_mark_of_its_own(a_grade):
    """Its share of the traffic, its errors and its latencies are drawn in the same ones."""
    figure = figure_of(Report(title="Ours", release="broken", film=film_of(three_fleets(), WORLD, PLAN), grade=a_grade))
    colours: dict[str, set[str]] = {}
    marks: dict[str, set[str]] = {}
    for axes in figure.axes[:3]:
        for line in axes.get_lines():
            if line.get_label().startswith("churn"):
                colours.setdefault(line.get_label().split()[0], set()).add(line.get_color())
                marks.setdefault(line.get_label().split()[0], set()).add(line.get_marker())

    assert set(colours) == {"churn-v1", "churn-v2", "churn-v3"}
    assert all(len(each) == 1 for each in colours.values())
    assert len(set.union(*colours.values())) == 3
    assert [len(each) for each in marks.values()] == [1] * 3
    assert len(set.union(*marks.values())) == 3


def test_a_title_is_text_within_its_room(a_grade, tmp_path):
    """Whatever an author calls a lab, its report can be drawn: no formula, one line, not too long."""
    title = "From $5\tto\n$\\foo$ " + "x" * 100_000
    report = Report(title=title, release="broken", film=film_of(healthy_run(), WORLD, PLAN), grade=a_grade)
    figure = figure_of(report)
    figure.savefig(tmp_path / "report.svg")

    assert figure.get_suptitle().startswith(r"From \$5 to \$\foo\$ xxx")
    assert "foo" in (tmp_path / "report.svg").read_text()


def test_a_lab_about_serving_shows_what_its_goals_measure(a_grade):
    """Beside nothing sent, and without an update that ended somehow; what never happened is called that."""
    figures = {"missed-share": 0.25, "job-time": None}
    changed = {id: replace(result, measured=figures) for id, result in a_grade.releases.items()}
    compared = dict.fromkeys(a_grade.compared, changed)
    graded = replace(a_grade, releases=changed, compared=compared)
    film = film_of(healthy_run(), WORLD, PLAN)
    figure = figure_of(Report(title="Ours", release="broken", film=film, grade=graded))
    missed, job = figure.axes[-2:]

    assert figure.get_suptitle().endswith(f"seed {film.run.seed}")
    assert [text.get_text() for text in missed.get_legend().get_texts()] == ["yours", "reference", "nothing sent"]
    assert {text.get_text() for text in missed.texts} == {"0.25"}
    assert {text.get_text() for text in job.texts} == {"never"}
    assert missed.get_title(loc="left") == "missed-share, mean over seeds"
    assert figure.axes[5].get_title(loc="left").endswith(" with nothing sent")


def test_the_alarms_of_target_tracking_can_be_told_apart(a_grade):
    """Their long names begin alike and end in an id."""
    ids = ("-AlarmHigh-bace3eab-cbf8-5ccf-9d04-b52b906d3632", "-AlarmLow-41a22314-db80-5b7d-a8d0-498ad55a6e4d")
    run = broken_run()
    names = [f"TargetTracking-endpoint/churn/variant/main{id}" for id in ids]
    film = film_of(replace(run, alarm_states=dict.fromkeys(names, "OK")), WORLD, PLAN)
    figure = figure_of(Report(title="Ours", release="broken", film=film, grade=a_grade))
    shown = [label.get_text() for label in figure.axes[3].get_yticklabels()]

    assert sum(each.endswith("-AlarmHigh") for each in shown) == 1
    assert sum(each.endswith("-AlarmLow") for each in shown) == 1
    assert all(len(each) <= 28 for each in shown)
