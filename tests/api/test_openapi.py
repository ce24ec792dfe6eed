"""The OpenAPI document holds: schemathesis asks everything it says, and more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api import limits, openapi, sources
from api.service import Service

if TYPE_CHECKING:
    from schemathesis import Case

    from tests.api.client import Client

EXAMPLES = 10
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]


def test_the_document_names_every_path_and_every_filter(client: Client) -> None:
    document = client.get("/openapi").json
    assert document["servers"][0]["url"] == client.base
    for name in sources.NAMES:
        path = document["paths"][f"/collections/{name}/items"]["get"]
        named = {each["name"] for each in path["parameters"] if "name" in each}
        assert named == set(sources.collection(name).filters)
        assert {
            path for path in document["paths"] if path.startswith(f"/collections/{name}/items.")
        }
    assert document["paths"]["/{layer}.pmtiles"]["servers"][0]["url"].endswith("/tiles")
    limit = document["components"]["parameters"]["limit"]["schema"]
    assert (limit["minimum"], limit["maximum"]) == (1, limits.MOST_FEATURES)


def test_it_needs_no_other_document() -> None:
    for lang in ("zh", "en"):
        assert "$ref': 'http" not in str(
            openapi.document(lang, Service("https://maps.example.org/api"))
        )


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_as_documented(client: Client, mode: GenerationMode) -> None:
    whole = schemathesis.openapi.from_url(f"{client.base}/openapi")
    # Files and tiles are asked for in tests of their own.
    schema = whole.exclude(path_regex=r"\.")
    asked = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @hypothesis.settings(
            max_examples=EXAMPLES,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
            derandomize=True,
        )
        @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case[Any]) -> None:
            case.call_and_validate(checks=CHECKS)

        ask()
        asked += 1
    assert asked == 4 + 6 * len(sources.NAMES)  # it leaves out the document itself
