"""Every sentence that a client reads has its Indonesian, in the deployable that says it."""

import ast
import importlib.util
import re
from functools import cache
from itertools import chain

import pytest
from marshmallow import Schema, ValidationError, fields

from services.common.errors import Refused
from services.common.web import problems, words
from tests.architecture import code
from tests.conftest import SERVICES

KERNEL = "services.common"
SENTENCE = re.compile(r"[A-Z][^\n]* [^\n]*[.?!]")
TWO = re.compile(r"[.?!] +[A-Z]")
SPEAKING = {KERNEL: f"{KERNEL}.web"}  # the rest of the kernel speaks to the operator, in English
DOCUMENTING = {"documents.py"}  # what partners' developers read, in English
PAGES = code.folder("gateway.portal")  # it is written in both languages itself
WRONG = ["", "§", "x" * 10_000, -(10**9), 10**9, [], list(range(10_000))]
REACHED = ("required", "null", "invalid")  # by JSON; the others tell of Python's own values
ALWAYS = ("Unknown field.", "Invalid input type.")
packages = pytest.mark.parametrize("package", [KERNEL, *SERVICES.values()])


@cache
def said_by(package):
    """Return what translates for a deployable alone: the kernel's sentences and its own, none of the others'."""
    spec = importlib.util.spec_from_file_location(f"words of {package}", words.__file__)
    own = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(own)
    if package != KERNEL:
        own.learn(code.folder(package))
    return own


def of(package, base):
    """Return the classes of a package that descend from a base."""
    code.modules(package)
    return {each for each in code.descendants(base) if each.__module__.startswith(f"{package}.")}


def is_client_schema(schema):
    return not schema.__name__.endswith("View") and schema is not problems.Problem


def texts(node):
    """Return the texts that an expression stands for, each place of an f-string filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
    else:
        for child in ast.iter_child_nodes(node):
            yield from texts(child)


def unsaid(path):
    """Return the nodes that no client reads: docstrings, and what the documents say."""
    for node in ast.walk(code.tree(path)):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.keyword) and node.arg == "metadata":
            yield from ast.walk(node.value)


def sentences(path):
    """Return the texts of a file that read as sentences, and all that marshmallow is told to say."""
    skipped = set(unsaid(path))
    for node in ast.walk(code.tree(path)):
        if node in skipped:
            continue
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("ValidationError"):
            yield from texts(node.args[0])
        elif isinstance(node, ast.keyword) and node.arg in {"error", "error_messages"}:
            yield from texts(node.value)
        elif isinstance(node, ast.Constant | ast.JoinedStr):
            yield from filter(SENTENCE.fullmatch, texts(node))


def inner(field):
    """Return a field and what lies in it."""
    yield field
    if isinstance(field, fields.List):
        yield from inner(field.inner)


def complaints(field):
    """Return what a field says of what is wrong."""
    yield from (field.error_messages[kind] for kind in REACHED if kind in field.error_messages)
    for validate in field.validators:
        for value in WRONG:
            try:
                validate(value)
            except ValidationError as error:
                yield from error.messages
            except TypeError:
                pass  # not a value that the field would hand on


@packages
class TestARefusal:
    def test_says_one_sentence_of_its_own(self, package):
        wrong = [
            each.__name__
            for each in of(package, Refused)
            if not (vars(each).get("__doc__") and SENTENCE.fullmatch(each.sentence())) or (TWO.search(each.sentence()))
        ]

        assert wrong == []

    def test_says_it_in_indonesian_too(self, package):
        said = said_by(package)

        assert [each.__name__ for each in of(package, Refused) if not said.is_known(each.sentence())] == []


@packages
class TestAnErrorOfAField:
    def test_that_is_written_in_a_file_has_its_indonesian(self, package):
        paths = code.python(code.folder(SPEAKING.get(package, package)))
        # What is run as a command speaks to the operator, in English.
        to_clients = [
            path for path in paths if path.parent != PAGES and path.name not in DOCUMENTING and not code.starts(path)
        ]

        found = {(code.shown(path), each) for path in to_clients for each in sentences(path)}

        assert {each for each in found if not said_by(package).is_known(each[1])} == set()

    def test_that_marshmallow_says_has_its_indonesian(self, package):
        schemas = filter(is_client_schema, of(package, Schema))
        every = chain.from_iterable(inner(field) for schema in schemas for field in schema().fields.values())

        said = {*ALWAYS, *(complaint for field in every for complaint in complaints(field))}

        assert {each for each in said if not said_by(package).is_known(each)} == set()


class TestAProblemOfHttp:
    def test_has_its_indonesian(self):
        assert [said for said in problems.SENTENCES.values() if not said_by(KERNEL).is_known(said)] == []


class TestATranslation:
    @pytest.mark.parametrize("sentence", ["No such thing.", "Shorter than minimum length."])
    def test_that_is_not_there_would_be_missed(self, sentence):
        assert not said_by(KERNEL).is_known(sentence)
