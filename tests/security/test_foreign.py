"""What is somebody else's: it cannot be told from what does not exist, whichever id leads there."""

import pytest

from tests.gateway.conftest import PASSWORD
from tests.security.asking import RELATIONS, askers, everything, send
from tests.security.kept import Kept
from tests.security.world import IDENTITY, SECRET, http

pytestmark = pytest.mark.xdist_group("security-foreign")

PARTIES = ("institution_id", "employer_id", "own", "batch_id")
NOTHING = "01900000-0000-7000-8000-000000000000"


def with_relations():
    return [each for each in everything() if set(each.allowed) & set(RELATIONS.values())]


def foreigners(world, operation):
    """Return everybody of side b whom the relation may let in where it is theirs."""
    allowed = set(operation.allowed)
    for asker in askers(world):
        is_of_kind = RELATIONS.get(asker.kind) in allowed and asker.side is world.b and asker.team != "viewer"
        if is_of_kind and (asker.role != "partner" or f"partner:{asker.scope}" in allowed):
            yield asker


def shown(answer):
    body = answer.json if answer.is_json else {}
    return answer.status_code, {name: value for name, value in body.items() if name not in {"instance", "detail"}}


def nowhere(operation):
    names = ["worker_id", "employer_id", "institution_id", "account_id", "invitation_id", "client_id", "secret_id"]
    names += ["certificate_id", "batch_id", "enrolment_id", "intake_id", "job_id", "vacancy_id"]
    return operation.path.format(**dict.fromkeys(names, NOTHING), number="7")


def test_one_cannot_be_told_from_none(world):
    differing, tried = [], 0

    for operation in [each for each in with_relations() if "{" in each.path]:
        theirs = operation.request(world.a)
        for asker in foreigners(world, operation):
            one, none = send(operation, asker, theirs), send(operation, asker, theirs | {"path": nowhere(operation)})
            tried += 1
            differing += [(operation.where, asker.name)] if shown(one) != shown(none) else []

    assert (differing, tried > 100) == ([], True)


def lists_of(world, operation, asker):
    """Yield the lists that somebody may ask for: of their own, narrowed by what is another's; of both at once."""
    own = {f"{asker.kind}_id": world.b.own(asker.kind)}
    others = [each for each in operation.queries if each.removesuffix("_id") not in RELATIONS]
    yield own | {each: world.a[each] for each in others}
    yield [*own.items(), *((name, world.a[name]) for name in own)]


def test_a_list_of_ones_own_shows_nothing_of_theirs(world):
    seen, tried = [], 0

    for operation in [each for each in with_relations() if each.queries]:
        for asker in foreigners(world, operation):
            for query in lists_of(world, operation, asker):
                answer = send(operation, asker, operation.request(world.a, query_string=query))
                found = answer.json if answer.status_code == 200 else []
                tried += 1
                if f"{SECRET} A" in answer.text or [row for row in found if row["id"] in world.a.values()]:
                    seen.append((operation.where, asker.name, query))

    assert (seen, tried > 10) == ([], True)


class TestOneAmongMine:
    """An address that begins with what is mine, and ends with what is theirs."""

    def ask(self, world, method, path, role, account, **said):
        mine = http("gateway", role, own=world.b.own(role), account=world.b.accounts[account], **said)
        return mine.open(path, method=method, json={"team": "viewer"} if method == "PATCH" else None,
                         headers={"If-Match": "*"})  # fmt: skip

    @pytest.mark.parametrize("kind", ["employer", "institution"])
    @pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
    @pytest.mark.parametrize("noun", ["members", "invitations"])
    def test_is_in_no_team_of_mine(self, world, kind, method, noun):
        if (noun, method) == ("invitations", "PATCH"):
            return
        kept, mine = Kept("gateway"), (kind, "manager")
        theirs = world.a.in_team[kind]["account_id" if noun == "members" else "invitation_id"]
        path = f"{IDENTITY}/{kind}s/{world.b.own(kind)}/{noun}/{theirs}"

        assert self.ask(world, method, path, kind, mine, team="manager").status_code == 404
        assert kept.changed() == set()

    @pytest.mark.parametrize("kind", ["employer", "institution"])
    def test_is_in_no_team_of_mine_for_the_office_either(self, world, kind):
        path = f"{IDENTITY}/{kind}s/{world.b.own(kind)}/members/{world.a.in_team[kind]['account_id']}"

        assert http("gateway", "officer").get(path).status_code == 404

    def test_is_no_secret_of_my_program(self, world):
        path = f"{IDENTITY}/clients/{world.b['client_id']}/secrets/{world.a['secret_id']}"

        assert self.ask(world, "DELETE", path, "employer", ("employer", "manager"), team="manager").status_code == 404

    @pytest.mark.parametrize(
        ("method", "path"),
        [("DELETE", "sessions/{session_id}"), ("GET", "notices/{notice_id}"), ("POST", "notices/{notice_id}/reading")],
    )
    def test_is_no_session_and_no_notice_of_mine(self, world, method, path):
        kept, at = Kept("gateway"), f"{IDENTITY}/{path}"

        assert self.ask(world, method, at.format(**world.a), "worker", "worker").status_code == 404
        assert kept.changed() == set()
        assert self.ask(world, method, at.format(**world.b), "worker", "worker").status_code < 300
        kept.put_back()

    def test_is_no_line_of_my_file(self, world):
        mine = http("registry", "institution", own=world.b["institution_id"], team="manager")
        number = int(world.a["number"]) + 1

        assert mine.get(f"/v1/intakes/{world.b['intake_id']}/lines/{world.b['number']}").status_code == 200
        assert mine.get(f"/v1/intakes/{world.b['intake_id']}/lines/{number}").status_code == 404
        assert mine.get(f"/v1/intakes/{world.a['intake_id']}/lines/{world.a['number']}").status_code == 404


class TestWhoIsOfNoParty:
    @pytest.mark.parametrize("own", [None, "", "*"])
    @pytest.mark.parametrize("kind", ["worker", "employer", "institution"])
    def test_owns_nothing(self, world, kind, own):
        said, opened = {} if kind == "worker" else {"team": "manager"}, []

        for each in [each for each in with_relations() if RELATIONS[kind] in each.allowed]:
            asked = each.request(world.a, query_string=dict.fromkeys(each.queries, own or ""))
            asked |= {"json": asked["json"] | dict.fromkeys(PARTIES, own)} if "json" in asked else {}
            answer = http(each.service, kind, **said).open(**asked)
            opened += [each.where] if answer.status_code not in {403, 404} else []

        assert opened == []


def test_what_is_public_shows_a_draft_to_nobody_else(world):
    draft = f"/v1/vacancies/{world.a['vacancy_id']}"
    askers_ = [(None, {}), ("worker", {}), ("employer", {"own": world.b["employer_id"]}), ("admin", {}),
               ("partner", {"own": world.b["employer_id"], "party": "employer", "scope": "vacancies.read"}),
               ("partner", {"own": world.a["employer_id"], "party": "employer", "scope": "employer.read"})]  # fmt: skip

    assert [http("vacancies", role, **said).get(draft).status_code for role, said in askers_] == [404] * len(askers_)
    for role, said in askers_:
        found = http("vacancies", role, **said).get(
            "/v1/vacancies", query_string={"employer_id": world.a["employer_id"]}
        )
        assert found.json == []


def test_a_password_opens_nobody_elses_account(world):
    for login in (f"{SECRET}.b", "employer.manager.a", "admin.satu"):
        wrong = http("gateway", None).post(f"{IDENTITY}/sessions", json={"login": login, "password": f"{PASSWORD}x"})
        assert wrong.status_code == 401
