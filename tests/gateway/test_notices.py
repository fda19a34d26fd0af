"""Letting a worker know that a certificate was issued."""

import pytest

from gateway.database import database
from gateway.handlers import FACTS, STATES
from services.common import inbox
from services.common.bus import Wrong

AT = "/api/identity/v1/notices"
ISSUED = {"certificate_id": "c-1", "worker_id": "w-1", "skill": "smaw-welding"}


@pytest.fixture
def hear():
    """Hear that a certificate was issued: `hear("e-1", skill="welding")`."""
    handle = inbox.listen(database, states=STATES, facts=FACTS)["registry.certificate.issued"]
    return lambda event_id, **said: handle(event_id=event_id, payload=ISSUED | said)


@pytest.fixture
def siti(client):
    return client("gateway", "worker", own="w-1")


class TestANotice:
    def test_is_given_to_the_worker(self, hear, siti):
        hear("e-1")

        [notice] = siti.get(AT).json
        assert (notice["kind"], notice["read_at"]) == ("certificate-issued", None)
        assert notice["params"] == {"certificate_id": "c-1", "skill": "smaw-welding"}
        assert notice["sentence"] == "Sertifikat Anda telah terbit dan kini diperhitungkan dalam profil Anda."

    def test_speaks_the_language_of_whoever_asks(self, hear, siti):
        hear("e-1")

        [notice] = siti.get(AT, headers={"Accept-Language": "en"}).json
        assert notice["sentence"] == "You were issued a certificate; it now counts in your profile."

    def test_is_given_once_though_the_fact_comes_twice(self, hear, siti):
        hear("e-1")
        hear("e-1")

        assert len(siti.get(AT).json) == 1

    def test_is_given_for_each_fact(self, hear, siti):
        hear("e-1")
        hear("e-2", certificate_id="c-2")

        assert [notice["params"]["certificate_id"] for notice in siti.get(AT).json] == ["c-2", "c-1"]

    def test_is_not_given_for_a_fact_that_cannot_be_read(self, hear, siti):
        with pytest.raises(Wrong):
            hear("e-1", worker_id=None)

        assert siti.get(AT).json == []
        assert database.reader().db.inbox.count_documents({}) == 0

    def test_is_for_that_worker_alone(self, hear, client):
        hear("e-1")

        assert client("gateway", "worker", own="w-2").get(AT).json == []
        assert client("gateway", "officer").get(AT).status_code == 403
        assert client("gateway", None).get(AT).status_code == 401


class TestTheListOfNotices:
    def test_comes_in_pages_that_new_ones_do_not_disturb(self, hear, siti):
        for number in range(5):
            hear(f"e-{number}", certificate_id=f"c-{number}")

        seen, path = [], f"{AT}?limit=2"
        while path:
            answer = siti.get(path)
            seen += [notice["params"]["certificate_id"] for notice in answer.json]
            path = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
            hear(f"later-{len(seen)}", certificate_id="later")

        assert seen == ["c-4", "c-3", "c-2", "c-1", "c-0"]
