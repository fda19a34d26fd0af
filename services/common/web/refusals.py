"""Which refusals a view can end in, read from the code: so a document names them all, and goes on naming them all."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from inspect import isclass, isfunction, ismodule, unwrap
from pathlib import Path
from types import FunctionType
from typing import Any

from services.common import errors
from services.common.errors import Refused

OURS = ("services.", "gateway.")


def of(*views: Any) -> list[type[Refused]]:
    """Return the refusals that functions name, and all that these call, in the order of their names."""
    found: set[type[Refused]] = set()
    seen: set[Any] = set()
    todo = [unwrap(view) for view in views if view]
    while todo:
        each = todo.pop()
        if not (isfunction(each) or isclass(each)) or each in seen or not _is_ours(each):
            continue
        seen.add(each)
        if isfunction(each):
            todo += _named(each)
        elif issubclass(each, Refused):
            found.add(each)
        else:
            todo.append(vars(each).get("__post_init__"))
    return sorted(found, key=lambda refusal: refusal.__name__)


def kind(name: str) -> str:
    """Return by which type clients know an error, from the name of its class."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def calls(view: Any) -> set[str]:
    """Return what a function calls, as `conditional.expected`, and what those of its file call for it."""
    return {ast.unparse(node.func) for node in _whole(unwrap(view)) if isinstance(node, ast.Call)}


def texts(view: Any) -> set[str]:
    """Return the texts that stand in a function, and in those of its file that it calls."""
    found = [node.value for node in _whole(unwrap(view)) if isinstance(node, ast.Constant)]
    return {each for each in found if isinstance(each, str)}


def _whole(function: FunctionType) -> Iterator[ast.AST]:
    """Yield what a function is made of, and those of its own file that it names."""
    inner = [each for each in _named(function) if isfunction(each) and each.__module__ == function.__module__]
    for each in (function, *inner):
        yield from _nodes(each)


def _named(function: FunctionType) -> Iterator[Any]:
    """Yield what a function may call: what it names, what it names of modules, and methods of the classes around it."""
    around = function.__globals__
    for node in _nodes(function):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if ismodule(around.get(name)):
                yield getattr(around[name], attr, None)
            case ast.Attribute(attr=attr):
                known = [each for each in around.values() if isclass(each) and attr in vars(each)]
                yield from (_function(vars(each)[attr]) for each in known)
            case ast.Name(id=name) if not ismodule(around.get(name)):
                yield around.get(name)


def _nodes(function: FunctionType) -> Iterator[ast.AST]:
    """Yield what a function is made of; what it catches ends there."""
    found = _functions(function.__code__.co_filename).get(function.__code__.co_firstlineno)
    todo: list[ast.AST] = list(found.body) if found else []
    while todo:
        node = todo.pop()
        yield node
        match node:
            case ast.ExceptHandler():
                todo += node.body
            case ast.Call(func=ast.Attribute(value=ast.Name(id="idempotency"), attr="create")):
                todo += [node.func, node.args[1], *node.keywords]  # what it reads then, it has just made
            case _:
                todo += ast.iter_child_nodes(node)


@cache
def _functions(path: str) -> dict[int, ast.FunctionDef]:
    """Return the functions of a file by their first line."""
    nodes = ast.walk(ast.parse(Path(path).read_text(encoding="utf-8")))
    found = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    return {min([node.lineno, *(each.lineno for each in node.decorator_list)]): node for node in found}


def _function(attribute: Any) -> Any:
    """Return the function behind a method, a property, or a method of a class."""
    return getattr(attribute, "fget", None) or getattr(attribute, "__func__", attribute)


def _is_ours(each: Any) -> bool:
    module = str(each.__module__)
    return module.startswith(OURS) and module != errors.__name__
