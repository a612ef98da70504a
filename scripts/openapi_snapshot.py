"""Write docs/openapi.json anew, so that a change of the API is seen where it is reviewed."""

import json
import os
import sys
from typing import Any

from repository import ROOT

PATH = ROOT / "docs" / "openapi.json"


def snapshot() -> str:
    """The description of the API, as it is compared and committed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wesprint.config.settings")
    import django

    django.setup()
    from django.utils import translation

    from wesprint.config.urls import api

    with translation.override("en"):
        schema: Any = api.get_openapi_schema()
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    PATH.write_text(snapshot())
    sys.stdout.write(f"{PATH.relative_to(ROOT)} written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
