"""What is loaded before it is asked for, while the learner looks at something else.

And what is then spared: a full collection goes through everything that is there. With numpy and AWS's service models
that takes a fifth of a second, in the middle of a key press.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from course.errors import CourseError

if TYPE_CHECKING:
    from textual.app import App
    from textual.css.stylesheet import Stylesheet

    from course.ports import Study

AFTER_THE_FIRST_LOOK = 0.3
"""Seconds: Home must have been painted in full, and nobody reads it faster."""
BETWEEN_STYLES = 0.05
"""Seconds: reading one style sheet takes some milliseconds, in which no key is heard."""
WHILE_READING = 2.0
"""Seconds: by then whoever knows where to go has gone there, and does not have to share the processor."""
SELDOM = (700, 10, 100)
"""Python's own thresholds, but a tenth as many full collections: a page leaves some thousand objects behind."""


def load_ahead(app: App[None], study: Study) -> None:
    """Load pages soon and labs later, in the background, once the first screen has been painted."""
    ours = not gc.isenabled()  # `course.cli.open_course` had it off, so the process is the program's own
    if ours:
        gc.freeze()
        gc.set_threshold(*SELDOM)
        gc.enable()
    for seconds, load in ((AFTER_THE_FIRST_LOOK, partial(load_pages, study)), (WHILE_READING, load_labs)):
        app.set_timer(seconds, partial(app.run_worker, partial(_load, load, spare=ours), thread=True))
    for number, path in enumerate(Path(__file__).parent.glob("*/**/*.tcss")):
        app.set_timer(AFTER_THE_FIRST_LOOK + number * BETWEEN_STYLES, partial(_read, app.stylesheet, path))


def _load(load: Callable[[], None], *, spare: bool) -> None:
    load()
    if spare:
        gc.freeze()


def _read(styles: Stylesheet, path: Path) -> None:
    """Read a style sheet: the first screen with a new one would read all of them again, and style every widget."""
    if not styles.has_source(str(path)):
        styles.read(path)
        styles.parse()


def load_pages(study: Study) -> None:
    """Import the screens with text, and read the packs as far as all of them need it."""

    with suppress(CourseError):  # a mistake in a pack is told where the pack is needed
        study.catalog.terms()


def load_labs() -> None:
    """Import what labs and the playground need, and read AWS's service models, which the first check would wait for."""
    import course.tui.lab.screen
    import course.tui.playground.screen  # noqa: F401
    import engine.cloudwatch.explain
    import engine.simulate  # noqa: F401
    from engine.aws.shapes.models import SERVICES, input_shape

    for operation in SERVICES:
        input_shape(operation)
