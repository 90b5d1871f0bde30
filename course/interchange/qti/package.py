"""Questions as a content package of QTI 2.1: a manifest, a file for each item, and pictures beside them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable
from io import BytesIO

from course.characters import inert
from course.interchange.entry import Entry
from course.interchange.features import COMPUTED, KEPT, PROOFS, Fates, changed, dropped
from course.interchange.qti.item import XSI, document, identifier, item

FATES: Fates = {
    **dict.fromkeys(("single", "multiple", "ordering", "distractors", "matching", "decoys", "numeric"), KEPT),
    **dict.fromkeys(("tolerance", "slips"), KEPT),
    "unit": changed("they stand behind the field, and are not read with an answer"),
    "words": changed("other accents and punctuation are not forgiven"),
    "sentence": changed("people have to mark them, for QTI cannot judge by concepts; a rubric has the model answer"),
    "fix": changed("people have to mark them, for QTI knows no lab; a rubric has a solution"),
    "case": changed("the scenario stands above each of its questions"),
    "exhibit": KEPT,
    "plot": changed("they are pictures, with their words for whoever does not see them"),
    **dict.fromkeys(("whys", "places"), changed("all are told together, after any answer")),
    "explain": KEPT,
    "hints": changed("they stand in rubrics for tutors, and no learner asks for them"),
    "lesson": changed("they are keywords in the manifest"),
    "sources": dropped("QTI has no place for them"),
    **dict.fromkeys(("objectives", "level", "revision"), changed("they are keywords in the manifest")),
    "computed": COMPUTED,
    "proofs": PROOFS,
}
MANIFEST = "imsmanifest.xml"
CONTENT = "http://www.imsglobal.org/xsd/imscp_v1p1"
METADATA = "http://www.imsglobal.org/xsd/imsmd_v1p2"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file, so that equal questions give equal bytes; a zip knows none before it."""


def write(entries: Iterable[Entry]) -> bytes:
    """Return the package."""
    files: dict[str, bytes] = {}
    rows: list[tuple[Entry, str, list[str]]] = []
    for entry in entries:
        data, pictures = item(entry)
        name = f"items/{entry.id}.xml"
        beside = {f"items/{each}": png for each, png in pictures.items()}
        files |= {name: data, **beside}
        rows.append((entry, name, list(beside)))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {MANIFEST: _manifest(rows), **files}.items():
            package.writestr(zipfile.ZipInfo(name, _FIRST_DAY), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _manifest(rows: Iterable[tuple[Entry, str, list[str]]]) -> bytes:
    """Return what is in the package, with the keywords of each question."""
    given = {"xmlns": CONTENT, "xmlns:imsmd": METADATA, "xmlns:xsi": XSI, "identifier": "mlcourse"}
    root = ET.Element("manifest", {**given, "xsi:schemaLocation": f"{CONTENT} {CONTENT}.xsd"})
    facts = ET.SubElement(root, "metadata")
    ET.SubElement(facts, "schema").text = "QTIv2.1 Package"
    ET.SubElement(facts, "schemaversion").text = "1.0.0"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    for entry, name, beside in rows:
        given = {"identifier": identifier(entry.id), "type": "imsqti_item_xmlv2p1", "href": name}
        resource = ET.SubElement(resources, "resource", given)
        _keywords(ET.SubElement(resource, "metadata"), entry)
        for file in (name, *beside):
            ET.SubElement(resource, "file", href=file)
    return document(root)


def _keywords(facts: ET.Element, entry: Entry) -> None:
    general = ET.SubElement(ET.SubElement(facts, "imsmd:lom"), "imsmd:general")
    for word in (entry.origin.title, *entry.tags):
        keyword = ET.SubElement(general, "imsmd:keyword")
        ET.SubElement(keyword, "imsmd:langstring", {"xml:lang": "en"}).text = inert(word)
