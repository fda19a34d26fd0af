"""The inbox: what a party is let know, read by each of its accounts for itself."""

import pytest

from gateway.database import database
from gateway.notice import store
from gateway.notice.model import KINDS
from services.common.bus import Wrong
from services.common.web.words import say
from tests.gateway.noticing import AT, FACT, hear

STATES = ("accepted", "attending", "completed", "failed", "withdrawn")


@pytest.fixture
def siti(client):
    return client("gateway", "worker", own="w-1", account="siti")


class TestANotice:
    def test_is_given_to_the_worker(self, siti):
        hear("e-1")

        [notice] = siti.get(AT).json
        assert (notice["kind"], notice["group"], notice["read_at"]) == ("certificate-issued", "certificates", None)
        assert notice["params"] == {"certificate_id": "c-1", "skill": "smaw-welding"}
        assert notice["link"] == "/api/registry/v1/certificates/c-1"
        assert notice["sentence"] == "Sertifikat Anda telah terbit dan kini diperhitungkan dalam profil Anda."

    def test_speaks_the_language_of_whoever_asks(self, siti):
        hear("e-1")

        [notice] = siti.get(AT, headers={"Accept-Language": "en"}).json
        assert notice["sentence"] == "You were issued a certificate; it now counts in your profile."

    def test_is_given_once_though_the_fact_comes_twice(self, siti):
        hear("e-1")
        hear("e-1")

        assert len(siti.get(AT).json) == 1

    def test_is_given_for_each_fact(self, siti):
        hear("e-1")
        hear("e-2", certificate_id="c-2")

        assert [notice["params"]["certificate_id"] for notice in siti.get(AT).json] == ["c-2", "c-1"]

    def test_is_not_given_for_a_fact_that_cannot_be_read(self, siti):
        with pytest.raises(Wrong):
            hear("e-1", worker_id=None)

        assert siti.get(AT).json == []
        assert database.reader().db.inbox.count_documents({}) == 0

    def test_is_not_given_for_a_state_that_nobody_has_a_sentence_for(self, client):
        with pytest.raises(KeyError):
            hear("e-1", "registry.intake.finished", state="eaten")

        assert client("gateway", "institution", own="lpk-1").get(AT).json == []

    def test_is_for_that_worker_alone(self, client):
        hear("e-1")

        assert client("gateway", "worker", own="w-2").get(AT).json == []
        assert client("gateway", "officer").get(AT).json == []
        assert client("gateway", None).get(AT).status_code == 401

    @pytest.mark.parametrize(
        ("name", "role", "own", "link"),
        [
            ("registry.certificate.revoked", "worker", "w-1", "/api/registry/v1/certificates/c-1"),
            ("registry.intake.finished", "institution", "lpk-1", "/api/registry/v1/intakes/i-1"),
            ("vacancies.employer.verified", "employer", "pt-1", "/api/vacancies/v1/employers/pt-1"),
            ("vacancies.employer.suspended", "employer", "pt-1", "/api/vacancies/v1/employers/pt-1"),
        ],
    )
    def test_is_given_of_what_services_tell(self, client, name, role, own, link):
        hear("e-1", name)

        [notice] = client("gateway", role, own=own).get(AT).json
        assert notice["link"] == link

    @pytest.mark.parametrize("state", STATES)
    def test_is_given_of_each_step_of_a_training(self, siti, state):
        hear("e-1", "registry.enrolment.moved", state=state)

        [notice] = siti.get(AT).json
        assert (notice["kind"], notice["link"]) == (f"enrolment-{state}", "/api/registry/v1/enrolments/e-1")

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("id", "90 baris diterima, 7 menunggu keputusan dinas, dan 3 dikembalikan"),
            ("en", "90 lines were taken, 7 wait for a decision of the office, and 3 come back"),
        ],
    )
    def test_says_how_many_lines_of_a_spreadsheet(self, client, language, sentence):
        hear("e-1", "registry.intake.finished")

        http = client("gateway", "institution", own="lpk-1")
        [notice] = http.get(AT, headers={"Accept-Language": language}).json
        assert sentence in notice["sentence"]

    @pytest.mark.parametrize("kind", KINDS)
    def test_has_its_sentence_in_both_languages(self, kind):
        sentence = KINDS[kind].sentence

        assert say(sentence, "id") != say(sentence, "en") == sentence


class TestReadingANotice:
    @pytest.fixture
    def first(self, siti):
        hear("e-1")
        hear("e-2", certificate_id="c-2")
        return siti.get(AT).json[-1]["id"]

    def test_is_remembered(self, siti, first):
        assert siti.post(f"{AT}/{first}/reading").json["read_at"]

        assert siti.get(f"{AT}/{first}").json["read_at"] is not None
        assert siti.get(f"{AT}/unread").json == {"unread": 1}
        assert [each["id"] for each in siti.get(f"{AT}?unread=true").json] != [first]
        assert len(siti.get(AT).json) == 2

    def test_is_remembered_as_it_was_the_first_time(self, siti, first):
        before = siti.post(f"{AT}/{first}/reading").json

        assert siti.post(f"{AT}/{first}/reading").json == before

    def test_is_each_accounts_own(self, siti, first, client):
        brother = client("gateway", "worker", own="w-1", account="adik")

        siti.post(f"{AT}/{first}/reading")

        assert brother.get(f"{AT}/{first}").json["read_at"] is None
        assert brother.get(f"{AT}/unread").json == {"unread": 2}

    def test_can_be_said_of_all_at_once(self, siti, first):
        assert siti.post(f"{AT}/reading").json == {"unread": 0}

        assert siti.get(f"{AT}?unread=true").json == []
        hear("e-3", certificate_id="c-3")
        assert siti.get(f"{AT}/unread").json == {"unread": 1}

    def test_is_nobody_elses(self, first, client):
        stranger = client("gateway", "worker", own="w-2")

        assert stranger.get(f"{AT}/{first}").status_code == 404
        assert stranger.post(f"{AT}/{first}/reading").status_code == 404
        stranger.post(f"{AT}/reading")
        assert client("gateway", "worker", own="w-1", account="siti").get(f"{AT}/unread").json == {"unread": 2}


class TestTheListOfNotices:
    def test_comes_in_pages_that_new_ones_do_not_disturb(self, siti):
        for number in range(5):
            hear(f"e-{number}", certificate_id=f"c-{number}")

        seen, path = [], f"{AT}?limit=2"
        while path:
            answer = siti.get(path)
            seen += [notice["params"]["certificate_id"] for notice in answer.json]
            path = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
            hear(f"later-{len(seen)}", certificate_id="later")

        assert seen == ["c-4", "c-3", "c-2", "c-1", "c-0"]

    def test_holds_what_an_earlier_version_gave_to_workers(self, siti):
        old = {"worker_id": "w-1", "kind": "certificate-issued", "params": FACT["registry.certificate.issued"]}
        hear("e-1")
        created_at = siti.get(AT).json[0]["created_at"]
        row = database.reader().db.notices.find_one()
        database.reader().db.notices.insert_one({"_id": "0", **old, "created_at": row["created_at"], "read_at": None})

        store.widen(database.reader())
        store.widen(database.reader())

        assert [(each["id"], each["created_at"]) for each in siti.get(AT).json][1:] == [("0", created_at)]
