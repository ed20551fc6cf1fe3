"""What editors are told of pack files, so that they complete keys and underline mistakes while one is written."""

from typing import Any

from cxworkshop.packs.schema import PackFile


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a pack file.

    It names every key with what to write there, and holds types, limits and choices. What hangs together over several
    keys, such as an item whose scale is not there, only `packs check` finds.
    """
    found = PackFile.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": "A pack of cxworkshop"}
