"""The services' OpenAPI documents, as clients read them."""

from functools import cache

from tests.conftest import app_of

AT = {"gateway": "/api/identity/v1/openapi.json"}
METHODS = {"get", "put", "post", "patch", "delete"}


def address(service):
    return AT.get(service, "/v1/openapi.json")


@cache
def document(service):
    return app_of(service).test_client().get(address(service)).json


def operations(service):
    """Return each operation of a service as its method, its path, and what the document says of it."""
    paths = document(service)["paths"].items()
    return [(method, path, said) for path, each in paths for method, said in each.items() if method in METHODS]


def json_body(operation):
    """Return what the document says of an operation's JSON body; None where it takes none."""
    return operation.get("requestBody", {}).get("content", {}).get("application/json")


def good(operation):
    """Return the status of an operation's good answer."""
    return next(int(status) for status in operation["responses"] if status.startswith("2"))
