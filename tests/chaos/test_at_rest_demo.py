"""Nothing personal of the demo regency's 1,600 people lies open once their 43 spreadsheets are taken."""

import json
import os
import subprocess
import sys

import pytest

from deploy.local import Platform
from deploy.local.places import REPOSITORY
from tests.chaos import at_rest
from tests.chaos.conftest import free_base

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(600), pytest.mark.verify]


@pytest.fixture
def demo(tmp_path):
    found = Platform(tmp_path, free_base())
    try:
        found.up(seeded=False)
        yield found
    finally:
        found.down()


def test_nothing_personal_of_the_demos_people_lies_open(demo):
    people = json.loads(at_rest.ANSWERS.read_text(encoding="utf-8"))["persons"]
    data = {form: kind for person in people for form, kind in at_rest.forms(person).items()}
    with at_rest.overheard(demo) as overheard:
        command, told = [sys.executable, "-m", "deploy.demo"], os.environ | demo.environment()
        subprocess.run(command, env=told, cwd=REPOSITORY, check=True, timeout=300)
        messages = overheard() | at_rest.left(demo)

    databases = at_rest.databases(demo)
    assert len(databases["registry.workers"]) > 100 * len(people)
    assert len(messages) > 100
    assert at_rest.found(databases | at_rest.oplog(demo), data) == []
    assert at_rest.found(at_rest.logs(demo) | messages, data | at_rest.names(people)) == []
