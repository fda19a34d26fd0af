"""Following an intake: its job, and who may see it."""

import pytest

from services.common import work
from tests.registry.test_register_institution import LPK
from tests.registry.test_take_intake import ANI, carry_out, requests_for_work, workers


class TestTheJobOfAnIntake:
    def test_tells_how_far_it_is_and_goes_on_where_it_stood(self, officer, send, monkeypatch):
        path = send(*[ANI] * 150).headers["Location"]
        monkeypatch.setattr(work, "TURN_S", -1.0)  # each turn is over after one chunk, and queues again

        carry_out()
        halfway = officer.get(path)
        carry_out()

        assert (halfway.json["state"], halfway.json["done"], halfway.json["percent"]) == ("running", 100, 66)
        job = officer.get(path, headers={"If-None-Match": halfway.headers["ETag"]}).json
        assert (job["state"], job["done"], job["percent"], workers()) == ("done", 150, 100, 150)

    def test_that_is_delivered_again_takes_nobody_twice(self, officer, send):
        path = send(ANI, ANI).headers["Location"]

        carry_out()
        carry_out()

        assert (officer.get(path).json["done"], workers()) == (2, 2)

    def test_can_be_seen_by_its_sender_and_the_office_alone(self, client, lpk):
        sender = client("registry", "institution", own=lpk, account="sender")
        path = sender.post("/v1/intakes", json={"institution_id": lpk, "lines": [ANI]}).headers["Location"]

        assert sender.get(path).status_code == 200
        assert client("registry", "officer").get(path).status_code == 200
        assert client("registry", "institution", own="other", account="other").get(path).status_code == 404
        assert client("registry", "worker", own=lpk, account="sender").get(path).status_code == 403
        assert client("registry", None).get(path).status_code == 401

    def test_that_is_not_there_is_not_found(self, officer):
        answer = officer.get("/v1/jobs/nothing")

        assert (answer.status_code, answer.json["type"]) == (404, "job-unknown")


class TestAnInstitution:
    def test_sends_and_sees_intakes_of_its_own_alone(self, client, officer, lpk):
        other = officer.post("/v1/institutions", json=LPK | {"name": "LPK Lain"}).json["id"]
        ours = client("registry", "institution", own=lpk)

        sent = ours.post("/v1/intakes", json={"institution_id": lpk, "lines": [ANI]})
        others = ours.post("/v1/intakes", json={"institution_id": other, "lines": [ANI]})

        assert (sent.status_code, others.status_code) == (202, 403)
        path = f"/v1/intakes/{sent.json['id']}"
        assert ours.get(path).json == sent.json
        assert client("registry", "institution", own=other).get(path).status_code == 404
        assert len(requests_for_work()) == 1

    @pytest.mark.parametrize("body", [{"lines": [ANI]}, [], "text", None, {"institution_id": None, "lines": [ANI]}])
    def test_that_does_not_say_who_it_is_sends_nothing(self, client, lpk, body):
        answer = client("registry", "institution", own=lpk).post("/v1/intakes", json=body)

        assert answer.status_code == 403
