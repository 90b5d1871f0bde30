"""The course as it is delivered, read once for all tests: nobody changes it, and what nobody asks for stays unread."""

from __future__ import annotations

from course.content.pack import Pack
from course.content.packs import built_in_pack

PACK = Pack(built_in_pack())
