"""Read answers about documents, which are billed by the page."""

from __future__ import annotations

from typing import Final

from cost_lib.families.around import Around
from cost_lib.families.fields import Body, count, some, table, text
from cost_lib.families.reading import Family, Reading
from cost_lib.model import Usage


def read(body: Body, around: Around) -> Reading:
    """Read recognized pages of Mistral; annotated ones are billed apart."""
    pages = count(body, "usage_info", "pages_processed")
    asked = table(around.asked(), "document_annotation_format") or table(around.asked(), "bbox_annotation_format")
    annotated = pages if asked or body.get("document_annotation") else 0
    found = Usage(units=some(pages=pages - annotated, annotated_pages=annotated)) if pages else None
    return Reading(found, text(body, "model"))


PAGES: Final = Family(read)
