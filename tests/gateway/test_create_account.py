"""Creating accounts: over HTTP, and from the command line."""

import io

import pytest

from gateway import accounts
from gateway.account import store
from gateway.database import database
from services.reference import clock
from tests.gateway.conftest import PASSWORD, TOTP

AT = "/api/identity/v1/accounts"
SITI = {"login": "siti.aminah", "password": PASSWORD, "role": "worker", "own": "w-1"}
OFFICER = {"login": "petugas", "password": PASSWORD, "role": "officer"}


@pytest.fixture
def officer(client):
    return client("gateway", "officer")


@pytest.fixture
def admin(client):
    return client("gateway", "admin")


class TestCreatingAnAccount:
    def test_answers_with_its_address_and_without_its_password(self, officer):
        answer = officer.post(AT, json=SITI)

        assert answer.status_code == 201
        assert officer.get(answer.headers["Location"]).json == answer.json
        assert answer.json.keys() == {
            "id", "login", "role", "own", "team", "language", "email", "email_confirmed", "has_totp", "created_at",
            "disabled",
        }  # fmt: skip

    def test_lets_its_owner_in(self, officer, sign_in):
        officer.post(AT, json=SITI)

        assert sign_in("siti.aminah").status_code == 201

    @pytest.mark.parametrize("role", ["officer", "executive", "admin"])
    def test_of_the_office_is_for_administrators(self, officer, admin, role):
        said = OFFICER | {"role": role}

        assert officer.post(AT, json=said).json["type"] == "only-for-admins"
        assert admin.post(AT, json=said).status_code == 201

    @pytest.mark.parametrize("role", ["worker", "employer", "institution", "executive", None])
    def test_is_for_nobody_else(self, client, role):
        refused = client("gateway", role, own="x-1").post(AT, json=SITI)

        assert refused.status_code == (403 if role else 401)

    @pytest.mark.parametrize("said", [SITI | {"own": None}, OFFICER | {"own": "w-1"}])
    def test_says_whose_it_is_where_that_means_something(self, admin, said):
        answer = admin.post(AT, json=said)

        assert (answer.status_code, list(answer.json["errors"])) == (422, ["/own"])

    def test_of_somebody_under_18_keeps_who_consented(self, officer):
        guardian = {"name": "Ibu Contoh", "relation": "ibu", "consents": True}

        made = officer.post(AT, json=SITI | {"guardian": guardian}).json

        kept = store.get(database.reader(), made["id"]).guardian
        assert (kept.name, kept.relation, kept.consented_on) == ("Ibu Contoh", "ibu", clock.today())
        refused = officer.post(AT, json=SITI | {"login": "lain", "guardian": guardian | {"consents": False}})
        assert (refused.status_code, list(refused.json["errors"])) == (422, ["/guardian/consents"])

    def test_is_refused_where_the_login_is_taken_in_any_case(self, officer):
        officer.post(AT, json=SITI)

        second = officer.post(AT, json=SITI | {"login": "Siti.Aminah", "own": "w-2"})

        assert (second.status_code, second.json["type"]) == (409, "login-taken")
        assert "Location" not in second.headers

    def test_that_is_sent_again_creates_one(self, officer):
        once = {"Idempotency-Key": "k-1"}

        first, again = (officer.post(AT, json=SITI, headers=once) for _ in range(2))

        assert (again.status_code, again.json) == (201, first.json)

    @pytest.mark.parametrize(
        ("field", "value"),
        [("login", "siti@contoh.id"), ("login", "ab"), ("login", {"$ne": 1}), ("password", "pendek"), ("role", "raja")],
    )
    def test_names_what_is_wrong(self, officer, field, value):
        answer = officer.post(AT, json=SITI | {field: value})

        assert (answer.status_code, list(answer.json["errors"])) == (422, [f"/{field}"])


class TestTheCommandLine:
    @pytest.fixture
    def create(self, monkeypatch, capsys):
        def create(*arguments, password=PASSWORD):
            monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n{TOTP}\n"))
            monkeypatch.setattr("services.common.telemetry.start_logging", lambda *_: None)
            accounts.main(["create", *arguments])
            return capsys.readouterr().out

        return create

    def test_creates_the_first_administrator(self, create, sign_in):
        said = create("--login", "Kepala", "--role", "admin", "--totp")

        assert said == "Kepala is created.\n"
        assert sign_in("kepala").json["role"] == "admin"

    def test_creates_the_account_of_a_worker(self, create):
        create("--login", "siti", "--role", "worker", "--own", "w-1")

        assert database.reader().db.accounts.find_one({"login": "siti"})["own"] == "w-1"

    def test_leaves_an_account_that_is_there(self, create, sign_in):
        create("--login", "kepala", "--role", "admin")

        said = create("--login", "kepala", "--role", "admin", password="sungai barito")

        assert "nothing was changed" in said
        assert sign_in("kepala").status_code == 201

    def test_resets_a_password_and_ends_the_sessions(self, create, sign_in, visitor):
        create("--login", "kepala", "--role", "admin")
        before = sign_in("kepala").json["refresh_token"]

        create("--login", "kepala", "--role", "admin", "--totp", "--reset", password="sungai barito")

        assert sign_in("kepala").status_code == 401
        assert sign_in("kepala", "sungai barito").status_code == 201
        assert visitor.post("/api/identity/v1/sessions/refresh", json={"refresh_token": before}).status_code == 401

    @pytest.mark.parametrize(
        ("arguments", "password"),
        [
            (("--login", "kepala", "--role", "admin"), "pendek"),
            (("--login", "siti", "--role", "worker"), PASSWORD),
            (("--login", "a@b.id", "--role", "admin"), PASSWORD),
        ],
    )
    def test_says_what_is_wrong(self, create, arguments, password):
        with pytest.raises(SystemExit) as ended:
            create(*arguments, password=password)

        assert ended.value.code not in {0, None}
