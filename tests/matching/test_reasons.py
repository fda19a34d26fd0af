"""Whoever asks reads why, in their language."""

import pytest

from tests.matching.heard import HALONG, a_certificate, a_need, a_skill, a_vacancy, a_worker, hear

SKILLS = (
    a_skill("smaw", "Las {SMAW}", "SMAW welding"),
    a_skill("pipe", "Las pipa", "Pipe welding"),
    a_skill("safety", "K3", "Safety"),
)


@pytest.fixture
def reasons(client):
    officer = client("matching", "officer")

    def ask(language="id", path="/v1/vacancies/v-1/candidates"):
        return officer.get(path, headers={"Accept-Language": language}).json["items"][0]["reasons"]

    return ask


class TestReasons:
    def test_are_indonesian_first_and_english_second(self, reasons):
        needs = a_need("smaw", 3, 60), a_need("pipe", 3, 40)
        held = [a_certificate("safety", valid_until="2027-08-17")]
        hear(
            *SKILLS,
            a_vacancy(*needs, certificates=["safety"]),
            a_worker(skills={"smaw": 4}, district=HALONG, certificates=held),
        )

        indonesian, english = reasons("id"), reasons("en-GB,en;q=0.9,id;q=0.1")

        assert indonesian[:3] == [
            "Menguasai Las {SMAW} pada tingkat 4, diminta 3.",
            "Belum menguasai Las pipa, diminta tingkat 3.",
            "Memiliki sertifikat K3 yang diminta, berlaku sampai 17 Agustus 2027.",
        ]
        assert english[:3] == [
            "Has SMAW welding at level 4, asked is 3.",
            "Has no Pipe welding yet, asked is level 3.",
            "Holds the certificate for Safety that is asked for, valid until 17 August 2027.",
        ]
        assert (indonesian[3][:8], english[3][:6], reasons("fr")) == ("Tinggal ", "Lives ", indonesian)

    def test_are_four_at_most_and_name_what_counts_most(self, reasons):
        needs = [a_need(f"skill-{n}", 3, weight=n) for n in range(1, 9)]
        levels = {f"skill-{n}": 3 if n % 2 else 2 for n in range(1, 9)}
        hear(a_vacancy(*needs), a_worker(skills=levels))

        assert reasons("en") == [
            "Has skill-7 at level 3, asked is 3.",
            "Has skill-5 at level 3, asked is 3.",
            "Has skill-8 only at level 2, asked is 3.",
            "Lives in the district of the workplace.",
        ]

    def test_are_two_at_least(self, reasons):
        hear(a_vacancy(certificates=["safety"]), a_worker(certificates=[a_certificate("safety", valid_until=None)]))

        assert reasons("id") == ["Memiliki sertifikat safety yang diminta.", "Tinggal di kecamatan tempat kerja."]

    def test_are_the_same_for_the_person(self, reasons):
        hear(*SKILLS, a_vacancy(a_need("smaw"), closes_on="2999-12-31"), a_worker(skills={"smaw": 2}))

        assert reasons(path="/v1/workers/w-1/vacancies") == reasons()
