"""The JSON Schema of a module document, for editors that check while one writes."""

import json

from lms.catalogue.content import ModuleContent


def module_schema() -> str:
    """Return the schema as the file that is kept in `docs/module.schema.json`."""
    return json.dumps(ModuleContent.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
