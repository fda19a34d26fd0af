"""Partners' programs: registered by the office or by a team's manager, with secrets that are shown once."""

import logging

import pytest

from gateway.database import database
from services.reference.scopes import SCOPES
from tests.gateway import partners
from tests.gateway.partners import CLIENTS, EMPLOYER, INSTITUTION, MANAGER, PROGRAM, READ, as_, ask, register


def change(visitor, program, headers=None, **said):
    match = {"If-Match": "*"} | (headers or as_())
    return visitor.patch(f"{CLIENTS}/{program['id']}", json=said, headers=match)


class TestRegisteringAProgram:
    @pytest.mark.parametrize(
        "who",
        [{}, {"role": "admin"}, MANAGER, {"role": "institution", "own": INSTITUTION, "team": "manager"}],
        ids=["officer", "admin", "employer", "institution"],
    )
    def test_shows_its_id_and_its_secret_which_no_cache_keeps(self, visitor, who):
        party = who["role"] if "own" in who else "employer"
        scope = next(name for name, scope in SCOPES.items() if party in scope.parties)
        said = {"name": "Sistem", "party": party, "own": who.get("own", EMPLOYER), "scopes": [scope]}

        answer = visitor.post(CLIENTS, json=said, headers=as_(**who))

        assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
        assert answer.headers["Location"] == f"{CLIENTS}/{answer.json['id']}"
        assert answer.json["id"].startswith("begawi-")
        assert len(answer.json["secret"]) == 43
        assert said.items() <= answer.json.items()

    def test_keeps_and_logs_no_secret(self, visitor, caplog):
        caplog.set_level(logging.DEBUG)
        made = register(visitor)
        secret = made["secret"]
        assert ask(visitor, made).status_code == 200

        db = database.reader().db
        kept = repr([list(db[name].find()) for name in db.list_collection_names() if not name.startswith("system.")])
        assert secret not in kept + caplog.text
        assert secret not in visitor.get(f"{CLIENTS}/{made['id']}", headers=as_()).get_data(as_text=True)

    def test_again_makes_no_second_one_and_shows_no_secret(self, visitor):
        headers = as_() | {"Idempotency-Key": "k-1"}

        first, again = (visitor.post(CLIENTS, json=PROGRAM, headers=headers) for _ in range(2))

        assert (again.status_code, again.json) == (201, first.json | {"secret": None})
        assert len(visitor.get(CLIENTS, headers=as_()).json) == 1

    @pytest.mark.parametrize(
        ("said", "pointer"),
        [
            ({"scopes": ["batches.read"]}, "/scopes"),
            ({"party": "institution"}, "/scopes"),
            ({"scopes": ["everything"]}, "/scopes/0"),
            ({"scopes": []}, "/scopes"),
            ({"party": "officer"}, "/party"),
            ({"own": ""}, "/own"),
            ({"name": ""}, "/name"),
            ({"secrets": []}, "/secrets"),
            ({"ended_at": None}, "/ended_at"),
        ],
    )
    def test_is_refused_with_what_is_not_for_its_party(self, visitor, said, pointer):
        answer = visitor.post(CLIENTS, json=PROGRAM | said, headers=as_())

        assert (answer.status_code, set(answer.json["errors"])) == (422, {pointer})

    @pytest.mark.parametrize(
        "who",
        [
            {"role": "employer", "own": EMPLOYER, "team": "member"},
            {"role": "employer", "own": EMPLOYER, "team": "viewer"},
            {"role": "employer", "own": EMPLOYER},
            {"role": "employer", "own": "another", "team": "manager"},
            {"role": "institution", "own": EMPLOYER, "team": "manager"},
            {"role": "worker", "own": EMPLOYER, "team": "manager"},
            {"role": "executive"},
            {"role": "partner", "own": EMPLOYER, "team": "manager"},
        ],
    )
    def test_is_not_for_others(self, visitor, who):
        assert visitor.post(CLIENTS, json=PROGRAM, headers=as_(**who)).status_code == 403

    def test_says_who_may(self, visitor):
        answer = visitor.post(CLIENTS, json=PROGRAM, headers=as_(**MANAGER | {"team": "member"}))

        assert answer.json["title"] == "Only a manager of the team may do this."


class TestProgramsOfATeam:
    @pytest.fixture(autouse=True)
    def programs(self, visitor):
        theirs = register(visitor, party="institution", own=INSTITUTION, scopes=["batches.read"])
        return register(visitor), theirs

    @pytest.mark.parametrize("team", ["manager", "member", "viewer"])
    def test_are_listed_for_it_alone(self, visitor, programs, team):
        mine, _ = programs

        assert [each["id"] for each in visitor.get(CLIENTS, headers=as_(**MANAGER | {"team": team})).json] == [
            mine["id"]
        ]
        assert len(visitor.get(CLIENTS, headers=as_()).json) == 2
        assert visitor.get(f"{CLIENTS}?own={INSTITUTION}", headers=as_(**MANAGER)).status_code == 404

    @pytest.mark.parametrize("said", [{"own": INSTITUTION}, {"party": "institution"}])
    def test_are_found_by_the_office(self, visitor, programs, said):
        _, theirs = programs

        found = visitor.get(CLIENTS, query_string=said, headers=as_()).json

        assert [each["id"] for each in found] == [theirs["id"]]

    @pytest.mark.parametrize(
        ("method", "at"),
        [("GET", ""), ("PATCH", ""), ("POST", "/secrets"), ("DELETE", "/secrets/any"), ("POST", "/revocation")],
    )
    def test_of_another_are_not_there(self, visitor, programs, method, at):
        _, theirs = programs
        path = f"{CLIENTS}/{theirs['id']}{at}"

        assert visitor.open(path, method=method, headers=as_(**MANAGER)).status_code == 404
        assert visitor.open(path, method=method, headers=as_(**MANAGER | {"own": INSTITUTION})).status_code == 404


class TestChangingAProgram:
    def test_takes_its_name_and_scopes_from_the_version_that_was_seen(self, visitor):
        made = register(visitor)

        changed = change(visitor, made, name="Baru", scopes=[READ])
        stale = change(visitor, made, {"If-Match": '"1"'} | as_(), name="Lama")

        assert (changed.status_code, changed.json["name"], changed.json["scopes"]) == (200, "Baru", [READ])
        assert (changed.headers["ETag"], stale.status_code) == ('"2"', 412)

    @pytest.mark.parametrize(
        "said", [{"scopes": ["batches.read"]}, {"own": "another"}, {"party": "institution"}, {"id": "x"}]
    )
    def test_never_makes_it_anothers(self, visitor, said):
        assert change(visitor, register(visitor), **said).status_code == 422


class TestASecondSecret:
    def test_is_good_beside_the_first_which_stays_good_until_it_is_dropped(self, visitor):
        made = register(visitor)

        second = visitor.post(f"{CLIENTS}/{made['id']}/secrets", headers=as_(**MANAGER))
        assert (second.status_code, second.headers["Cache-Control"]) == (201, "no-store")
        assert [ask(visitor, each).status_code for each in (made, second.json)] == [200, 200]

        path = f"{CLIENTS}/{made['id']}/secrets/{made['secrets'][0]['id']}"
        assert visitor.delete(path, headers=as_(**MANAGER)).status_code == 204
        assert [ask(visitor, each).status_code for each in (made, second.json)] == [401, 200]
        assert visitor.delete(path, headers=as_()).status_code == 404

    def test_is_the_last_that_it_may_have(self, visitor):
        made = register(visitor)
        path = f"{CLIENTS}/{made['id']}/secrets"

        assert [visitor.post(path, headers=as_()).status_code for _ in range(2)] == [201, 409]

    def test_must_be_there_before_the_first_is_dropped(self, visitor):
        made = register(visitor)

        answer = visitor.delete(f"{CLIENTS}/{made['id']}/secrets/{made['secrets'][0]['id']}", headers=as_())

        assert (answer.status_code, answer.json["type"]) == (409, "secret-last")
        assert ask(visitor, made).status_code == 200

    def test_asked_for_again_is_made_once_and_shown_once(self, visitor):
        made = register(visitor)
        headers = as_() | {"Idempotency-Key": "k-2"}

        first, again = (visitor.post(f"{CLIENTS}/{made['id']}/secrets", headers=headers).json for _ in range(2))

        assert again == first | {"secret": None}
        assert len(again["secrets"]) == 2


class TestAProgramThatEnded:
    def test_gets_no_token_and_is_changed_no_more(self, visitor):
        made = register(visitor)
        path = f"{CLIENTS}/{made['id']}"

        ended = visitor.post(f"{path}/revocation", headers=as_(**MANAGER))

        assert (ended.status_code, ended.json["ended_at"] is not None, ended.json["secrets"]) == (200, True, [])
        assert partners.ask(visitor, made).status_code == 401
        assert change(visitor, made, name="Baru").status_code == 409
        assert visitor.post(f"{path}/secrets", headers=as_()).status_code == 409
        assert visitor.post(f"{path}/revocation", headers=as_()).json["type"] == "client-ended"
