"""The code as text: which files there are, and what stands in them."""

import ast
import importlib
import pkgutil
import tomllib
from functools import cache
from pathlib import Path

from tests.conftest import SERVICES

ROOT = Path(__file__).parents[2]
NOT_OURS = {"__pycache__", "node_modules", "build", "dist"}
GUARD = "__name__ == '__main__'"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def folder(package):
    return ROOT / package.replace(".", "/")


def files(under=ROOT):
    """Return our files; hidden folders hold none, but for .ci."""
    for path in sorted(under.iterdir()):
        if path.is_dir() and path.name not in NOT_OURS and (not path.name.startswith(".") or path.name == ".ci"):
            yield from files(path)
        elif path.is_file():
            yield path


def python(under=ROOT):
    return [path for path in files(under) if path.suffix == ".py"]


def shown(path):
    return str(path.relative_to(ROOT))


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(path, kind):
    return (node for node in ast.walk(tree(path)) if isinstance(node, kind))


def starts(path):
    """Return what a file does when it is run."""
    guards = [node for node in tree(path).body if isinstance(node, ast.If) and ast.unparse(node.test) == GUARD]
    return [statement for guard in guards for statement in guard.body]


def module(service, name):
    return importlib.import_module(f"{SERVICES[service]}.{name}")


def modules(package):
    """Import a package with all that is in it, and return the modules."""
    whole = importlib.import_module(package)
    names = (found.name for found in pkgutil.walk_packages(whole.__path__, f"{package}."))
    return [whole, *map(importlib.import_module, names)]


def descendants(base):
    for each in base.__subclasses__():
        yield each
        yield from descendants(each)


def slices():
    """Return the packages that pyproject.toml's contract calls slices."""
    contracts = SETTINGS["tool"]["importlinter"]["contracts"]
    return next(found["containers"] for found in contracts if found["name"].startswith("Inside a slice"))
