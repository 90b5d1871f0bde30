"""The formats in which questions leave the course, and those in which they come in; a new one is a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from course.interchange import anki, table
from course.interchange.entry import Entry
from course.interchange.features import Fates
from course.interchange.gift import reading as gift_reading
from course.interchange.gift import writing as gift
from course.interchange.moodle import reading as moodle_reading
from course.interchange.moodle import writing as moodle
from course.interchange.qti import package as qti
from course.interchange.reading import Imported


@dataclass(frozen=True, slots=True)
class Format:
    """A format, and what becomes of each feature in it."""

    title: str
    suffix: str
    """Of its files."""
    write: Callable[[Sequence[Entry], datetime], bytes]
    """Makes the file; the moment is when the questions were exported."""
    fates: Fates
    extra: str = ""
    """The library that writing needs, if it is not always there."""


FORMATS: Mapping[str, Format] = {
    "anki": Format("Anki", ".apkg", anki.write, anki.FATES, extra="genanki"),
    "moodle": Format("Moodle XML", ".xml", lambda entries, now: moodle.write(entries), moodle.FATES),
    "gift": Format("GIFT", ".gift", lambda entries, now: gift.write(entries), gift.FATES),
    "qti": Format("QTI 2.1", ".zip", lambda entries, now: qti.write(entries), qti.FATES),
    "csv": Format("CSV", ".csv", lambda entries, now: table.write(entries), table.FATES),
}
READERS: Mapping[str, Callable[[bytes], Imported]] = {"gift": gift_reading.read, "moodle": moodle_reading.read}
SUFFIXES: Mapping[str, str] = {".gift": "gift", ".txt": "gift", ".xml": "moodle"}
"""What a file is taken for where nobody says it."""
