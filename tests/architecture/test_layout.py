"""Where things stand: five files a slice, statements of MongoDB in stores, short files, no addresses of registries."""

import ast
import re

import pytest

from tests.architecture import code
from tests.conftest import SERVICES

SLICE = {"__init__.py", "routes.py", "schemas.py", "commands.py", "store.py", "model.py"}
DATA = {".csv", ".json", ".txt"}  # what a slice may be seeded from
# Folders of a deployable that are no slice, each with its reason in architecture.md.
OTHERS = {"services.matching.engine", "services.registry.reading"}
OTHERS |= {"gateway.portal", "gateway.channels", "gateway.documents"}
LINES_AT_MOST = 250
# Built here, so that this file does not name them.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pypi", "python", "org"), ("pythonhosted", "org"), ("npmjs", "com"), ("npmjs", "org"),
        ("yarnpkg", "com"), ("unpkg", "com"), ("jsdelivr", "net"), ("cdnjs", "cloudflare"), ("crates", "io"),
        ("rubygems", "org"), ("proxy", "golang", "org"), ("deb", "debian", "org"), ("archive", "ubuntu", "com"),
        ("docker", "io"), ("ghcr", "io"), ("quay", "io"), ("anaconda", "org"), ("repo", "maven", "apache", "org"),
        ("huggingface", "co"), ("githubusercontent", "com"), ("fastdl", "mongodb", "org"),
    )
]  # fmt: skip
DOWNLOAD = re.compile(
    r"https?://[^\s\"'<>)]+(\.(whl|tgz|zip|deb|rpm|exe|jar|msi|dmg|AppImage|tar\.\w+)\b|/releases/download/)"
    r"|\bgit\+(https?|ssh)://|--(extra-)?index-url[ =]|--find-links[ =]",
    re.IGNORECASE,
)
MAKES_PINS = {"Makefile"}  # it names pip-compile's switches that leave the addresses out
BINARY = {".png", ".ico", ".woff2", ".pdf", ".xlsx"}


def packages(service):
    """Return the folders of a deployable, as packages."""
    deployable = code.folder(SERVICES[service])
    found = [path for path in deployable.iterdir() if path.is_dir() and path.name not in code.NOT_OURS]
    return {f"{SERVICES[service]}.{path.name}": path for path in found if any(code.files(path))}


class TestASlice:
    @pytest.mark.parametrize("service", SERVICES)
    def test_is_each_folder_of_a_deployable_but_for_the_named_ones(self, service):
        assert set(packages(service)) - OTHERS - set(code.slices()) == set()

    @pytest.mark.parametrize("package", code.slices())
    def test_has_the_five_files_and_no_others(self, package):
        there = [path for path in code.files(code.folder(package)) if path.suffix not in DATA]

        assert {
            code.shown(path) for path in there if path.parent != code.folder(package) or path.name not in SLICE
        } == set()
        assert {"__init__.py", "model.py"} <= {path.name for path in there}


class TestMongoDB:
    def test_is_spoken_to_in_stores_and_the_plumbing_alone(self):
        ours = [*code.python(code.ROOT / "services"), *code.python(code.ROOT / "gateway")]
        others = [
            path for path in ours if path.name != "store.py" and code.ROOT / "services/common" not in path.parents
        ]

        found = {
            f"{code.shown(path)}:{node.lineno}"
            for path in others
            for node in code.nodes(path, ast.Attribute)
            if node.attr == "db" or (node.attr == "client" and path.name != "database.py")
        }

        assert found == set()


class TestAFile:
    def test_has_at_most_250_lines(self):
        lengths = {code.shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in code.python()}

        assert {path: lines for path, lines in lengths.items() if lines > LINES_AT_MOST} == {}

    def test_names_no_package_registry_and_no_address_to_download_from(self):
        found = {
            f"{code.shown(path)}:{number}"
            for path in code.files()
            if path.suffix not in BINARY
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
            if any(host in line.lower() for host in HOSTS) or (path.name not in MAKES_PINS and DOWNLOAD.search(line))
        }

        assert found == set()
