"""Whoever asks reads why, in their language."""

import pytest

from tests.matching.heard import HALONG, a_certificate, a_need, a_skill, a_training, a_vacancy, a_worker, hear

SKILLS = (
    a_skill("smaw", "Las {SMAW}", "SMAW welding"),
    a_skill("pipe", "Las pipa", "Pipe welding"),
    a_skill("safety", "K3", "Safety"),
)

RELATED = (
    a_skill("welding", "Pengelasan", "Welding"),
    a_skill("smaw", "Las {SMAW}", "SMAW welding", broader="welding"),
    a_skill("3g", "Las 3G", "SMAW 3G", broader="smaw"),
)


def taught(*trainings):
    kind, worker = a_worker()
    return kind, worker | {"skills": list(trainings)}


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

    @pytest.mark.parametrize(
        ("worker", "english", "indonesian"),
        [
            (
                a_worker(skills={"smaw": 3}),
                "Has SMAW welding at level 3, asked is 3.",
                "Menguasai Las {SMAW} pada tingkat 3, diminta 3.",
            ),
            (
                taught(a_training("smaw", 4)),
                "Was trained in SMAW welding up to level 4, asked is 3.",
                "Sudah dilatih Las {SMAW} sampai tingkat 4, diminta 3.",
            ),
            (
                a_worker(certificates=[a_certificate("smaw", 5)]),
                "Is certified in SMAW welding at level 5, asked is 3.",
                "Bersertifikat Las {SMAW} pada tingkat 5, diminta 3.",
            ),
            (
                a_worker(certificates=[a_certificate("smaw", 3, "2020-01-01", "2023-01-01")]),
                "Was trained in SMAW welding up to level 3, asked is 3.",
                "Sudah dilatih Las {SMAW} sampai tingkat 3, diminta 3.",
            ),
            (
                taught(a_training("smaw", 2)),
                "Has SMAW welding only at level 2, asked is 3.",
                "Baru menguasai Las {SMAW} pada tingkat 2, diminta 3.",
            ),
            (
                a_worker(skills={"3g": 4}),
                "Has SMAW 3G at level 4, which is a kind of SMAW welding.",
                "Menguasai Las 3G pada tingkat 4, yang termasuk Las {SMAW}.",
            ),
            (
                a_worker(skills={"welding": 4}),
                "Has Welding at level 4, which counts for SMAW welding in part.",
                "Menguasai Pengelasan pada tingkat 4, yang dihitung sebagian untuk Las {SMAW}.",
            ),
            (
                a_worker(skills={"cooking": 4}),
                "Has no SMAW welding yet, asked is level 3.",
                "Belum menguasai Las {SMAW}, diminta tingkat 3.",
            ),
        ],
        ids=["claimed", "trained", "certified", "ran-out", "too-low", "narrower", "broader", "none"],
    )
    def test_tell_what_speaks_for_a_skill(self, reasons, worker, english, indonesian):
        hear(*RELATED, a_vacancy(a_need("smaw", 3)), worker)

        assert (reasons("en")[0], reasons("id")[0]) == (english, indonesian)
        assert len(reasons("en")) == 2

    def test_are_the_same_for_the_person(self, reasons):
        hear(*SKILLS, a_vacancy(a_need("smaw"), closes_on="2999-12-31"), a_worker(skills={"smaw": 2}))

        assert reasons(path="/v1/workers/w-1/vacancies") == reasons()
