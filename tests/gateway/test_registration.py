"""Registering as a worker: the worker in the registry and the account here, both or neither."""

from datetime import timedelta

import pytest

from gateway.account import store as accounts
from gateway.database import database
from gateway.letter import store as letters
from gateway.registration import commands
from services.reference import clock
from tests.gateway.registry import NIK, born, imported, served, shown
from tests.registry.test_register_worker import SITI

PATH = "/api/identity/v1/registrations"
GUARDIAN = {"name": "Ibu Contoh", "relation": "ibu", "consents": True}
MINE = {"login": "Siti.C", "password": "sungai balangan", "person": SITI}


@pytest.fixture
def registry(monkeypatch):
    with served(monkeypatch) as registry:
        yield registry


@pytest.fixture
def register(visitor):
    def register(person=(), **said):
        return visitor.post(PATH, json=MINE | {"person": SITI | dict(person)} | said)

    return register


def accounts_there():
    return list(database.reader().db.accounts.find())


def later():
    """Do what is done of itself some time after something was cut off."""
    while commands.resume_next(database.reader(), now=clock.now() + timedelta(minutes=2)):
        pass


@pytest.mark.usefixtures("registry")
class TestRegistering:
    def test_makes_a_worker_and_an_account_of_theirs(self, register, registry, visitor):
        answer = register()

        (worker,) = registry.workers
        assert (answer.status_code, answer.json["login"], answer.json["role"], answer.json["own"]) == (
            201,
            "siti.c",
            "worker",
            worker["_id"],
        )
        credentials = {"login": "siti.c", "password": MINE["password"]}
        assert visitor.post("/api/identity/v1/sessions", json=credentials).status_code == 201

    def test_keeps_language_and_email(self, register):
        register(language="en", email="siti@example.com")

        account = accounts.find(database.reader(), "siti.c")
        assert (account.language, account.email) == ("en", "siti@example.com")

    def test_writes_to_the_email_that_was_said_with_a_code_to_confirm_it(self, register):
        register(email="siti@example.com")

        account = accounts.find(database.reader(), "siti.c")
        letter = letters.take_up(database.reader(), clock.now())
        assert (letter.to, account.email_confirmed) == ("siti@example.com", False)
        assert "Siti Contoh" not in letter.subject + letter.body

    def test_names_the_fields_that_the_registry_refuses_in_the_clients_language(self, visitor, registry):
        wrong = MINE | {"person": SITI | {"village": "63.11.06.1024", "is_admin": True, "name": ""}}

        answer = visitor.post(PATH, json=wrong, headers={"Accept-Language": "en"})

        assert (answer.status_code, answer.json["type"]) == (422, "person-refused")
        assert set(answer.json["errors"]) == {"/person/is_admin", "/person/name"}
        assert answer.json["errors"]["/person/is_admin"] == ["Unknown field."]
        assert (registry.workers, accounts_there()) == ([], [])

    def test_that_was_refused_may_be_corrected(self, register):
        assert register({"village": "63.11.06.1024"}).status_code == 422

        assert register().status_code == 201

    @pytest.mark.parametrize(
        "more",
        [{"role": "admin"}, {"own": "w"}, {"person": []}, {"person": {"a": [[]] * 300}}, {"login": {"$ne": ""}}],
    )
    def test_takes_nothing_that_is_not_asked_for(self, visitor, registry, more):
        assert visitor.post(PATH, json=MINE | more).status_code == 422
        assert registry.asked == []

    def test_while_the_registry_is_away_is_not_lost(self, register, registry):
        registry.loses = 1

        assert register().status_code == 503
        later()

        assert (len(registry.workers), len(accounts_there())) == (1, 1)


@pytest.mark.usefixtures("registry")
class TestRegisteringUnder18:
    def test_needs_a_guardian_who_is_kept(self, register, registry):
        alone = register({"birth_date": born(16)})
        together = register({"birth_date": born(16)}, guardian=GUARDIAN)

        assert (alone.status_code, alone.json["type"], set(alone.json["errors"])) == (
            422,
            "guardian-missing",
            {"/guardian"},
        )
        assert together.status_code == 201
        guardian = accounts.find(database.reader(), "siti.c").guardian
        assert (guardian.name, guardian.relation, guardian.consented_on) == ("Ibu Contoh", "ibu", clock.today())
        assert len(registry.workers) == 1

    def test_needs_one_who_consents(self, register):
        answer = register({"birth_date": born(16)}, guardian=GUARDIAN | {"consents": False})

        assert (answer.status_code, set(answer.json["errors"])) == (422, {"/guardian/consents"})

    def test_is_for_nobody_under_15_who_is_told_where_to_go(self, register):
        answer = register({"birth_date": born(14)}, guardian=GUARDIAN)

        assert (answer.status_code, set(answer.json["errors"])) == (422, {"/person/birth_date"})


@pytest.mark.usefixtures("registry")
class TestALoginThatIsTaken:
    def test_is_said_without_whose_it_is(self, register, account):
        other = account("siti.c")

        answer = register()

        assert (answer.status_code, answer.json["type"]) == (409, "login-taken")
        assert "Location" not in answer.headers
        assert other.id not in answer.text

    def test_leaves_no_worker_behind(self, register, registry, account):
        account("siti.c")

        register()

        assert registry.workers == []

    def test_in_the_last_moment_can_be_changed_for_another(self, register, registry, account):
        registry.loses = 1
        register()
        account("siti.c")

        assert register().json["type"] == "login-taken"
        assert register(login="siti2").status_code == 201
        assert (len(registry.workers), accounts.find(database.reader(), "siti2").own) == (1, registry.workers[0]["_id"])

    def test_by_somebody_who_is_registering_is_taken(self, register, registry):
        registry.loses = 1
        register()

        answer = register({"name": "Another"}, password="another password")

        assert answer.json["type"] == "login-taken"


@pytest.mark.usefixtures("registry")
class TestARegistrationThatIsDone:
    def test_leaves_nothing_personal_behind(self, register):
        register(guardian=GUARDIAN)

        (row,) = database.reader().db.registrations.find()
        assert set(row) == {"_id", "login", "mark", "is_done", "created_at", "due_at", "expires_at"}

    def test_is_sealed_before(self, register, registry):
        registry.loses = 1
        register(guardian=GUARDIAN, email="ibu@example.com")

        row = str(database.reader().db.registrations.find_one())
        said = [NIK, "Siti Contoh", "Ibu Contoh", "ibu@example.com", SITI["phone"], MINE["password"], "argon2"]
        assert [each for each in said if each in row] == []


@pytest.mark.usefixtures("registry")
class TestANikThatTheRegistryKnows:
    def test_is_answered_as_one_that_it_does_not(self, client, register):
        imported(client("registry"))

        taken = register()
        free = register({"nik": "6311014107959002"}, login="siti2")

        assert taken.status_code == 201
        assert _without_ids(taken) == _without_ids(free)

    def test_asks_the_registry_for_the_same(self, client, register, registry):
        imported(client("registry"))
        register()
        known, registry.asked = registry.asked, []

        register({"nik": "6311014107959002"}, login="siti2")

        assert known == registry.asked == ["/v1/registrations"]


def _without_ids(answer):
    status, body, headers = shown(answer)
    return status, body.keys(), body["role"], headers.keys() - {"Location"}
