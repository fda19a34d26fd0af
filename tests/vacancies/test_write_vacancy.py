"""Writing a vacancy, as a draft."""

import pytest

from tests.vacancies.building import ENGLISH, KEY, WELDER, WELDING

LOW = {"wage_min_idr": 3_724_999, "wage_max_idr": 5_000_000}


@pytest.fixture
def write(officer, vista):
    return lambda headers=None, **said: officer.post(
        "/v1/vacancies", json={"employer_id": vista} | WELDER | said, headers=headers
    )


class TestWritingAVacancy:
    def test_answers_with_a_draft(self, officer, write):
        answer = write(wage_min_idr=4_000_000, wage_max_idr=5_500_000, education="SMP", certificates=["smaw-welding"])

        assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
        assert officer.get(answer.headers["Location"]).json == answer.json
        assert answer.json.items() >= WELDER.items()
        shown = {
            name: answer.json[name] for name in ("status", "district", "employer_name", "created_on", "published_on")
        }
        assert shown == {
            "status": "draft",
            "district": "63.11.06",
            "employer_name": "PT Vista Utama",
            "created_on": "2027-03-01",
            "published_on": None,
        }

    def test_tells_nobody(self, write, tell):
        write()

        assert tell() == {}

    def test_is_for_the_employer_itself(self, client, vista):
        itself, another = client("vacancies", "employer", own=vista), client("vacancies", "employer", own="another")
        vacancy = {"employer_id": vista} | WELDER

        assert itself.post("/v1/vacancies", json=vacancy).status_code == 201
        assert another.post("/v1/vacancies", json=vacancy).status_code == 403

    @pytest.mark.parametrize(("role", "status"), [(None, 401), ("worker", 403), ("institution", 403)])
    def test_is_not_for_others(self, client, vista, role, status):
        http = client("vacancies", role, own=vista)

        assert http.post("/v1/vacancies", json={"employer_id": vista} | WELDER).status_code == status

    def test_is_done_once_for_one_key(self, officer, write):
        first, second, other = write(KEY), write(KEY), write(KEY, positions=7)

        assert (first.status_code, second.status_code) == (201, 201)
        assert (second.json, second.headers["Location"]) == (first.json, first.headers["Location"])
        assert (other.status_code, other.json["type"]) == (422, "key-reused")
        assert len(officer.get("/v1/vacancies").json) == 1


class TestWritingAVacancyWrongly:
    def test_names_every_wrong_field_by_its_pointer(self, write):
        wrong = {"kind": "slavery", "positions": 0, "education": "SMU", "skills": [WELDING | {"min_level": 6}]}
        answer = write(**wrong, salary=1)

        assert answer.status_code == 422
        assert set(answer.json["errors"]) == {"/kind", "/positions", "/education", "/skills/0/min_level", "/salary"}

    @pytest.mark.parametrize("left_out", ["skill", "min_level", "must"])
    def test_names_what_a_skill_lacks(self, write, left_out):
        answer = write(skills=[{name: value for name, value in WELDING.items() if name != left_out}])

        assert list(answer.json["errors"]) == [f"/skills/0/{left_out}"]

    @pytest.mark.parametrize("skills", [[], [WELDING] * 51])
    def test_wants_1_to_50_skills(self, write, skills):
        assert list(write(skills=skills).json["errors"]) == ["/skills"]

    def test_suggests_skills_for_unknown_ones_in_both_languages(self, write):
        said = {"skills": [WELDING, WELDING | {"skill": "welding-smaw"}], "certificates": ["drawing-technical", "zzz"]}
        english, indonesian = write(ENGLISH, **said), write(**said)

        assert (english.status_code, english.json["type"]) == (422, "vacancy-wrong")
        assert english.json["title"] == "Some fields of the vacancy are wrong; each is named with what is wrong."
        assert english.json["errors"] == {
            "/skills/1/skill": ["No skill has this id; near it: smaw-welding."],
            "/certificates/0": ["No skill has this id; near it: technical-drawing."],
            "/certificates/1": ["No skill has this id."],
        }
        near = "Tidak ada keterampilan dengan kode ini; yang mirip: smaw-welding."
        assert indonesian.json["errors"]["/skills/1/skill"] == [near]

    def test_names_all_that_is_wrong_in_itself_at_once(self, write):
        answer = write(
            ENGLISH,
            skills=[WELDING, WELDING],
            certificates=["first-aid", "first-aid"],
            village="63.11.06.9999",
            wage_min_idr=5_000_000,
            wage_max_idr=4_000_000,
            closes_on="2027-02-28",
        )

        assert (answer.status_code, answer.json["type"]) == (422, "vacancy-wrong")
        errors = answer.json["errors"]
        assert errors.pop("/village")[0].startswith("No village has this code; near it: ")
        assert errors == {
            "/skills/1/skill": ["Each skill may stand here once."],
            "/certificates/1": ["Each skill may stand here once."],
            "/wage_max_idr": ["The highest wage must not be below the lowest."],
            "/closes_on": ["The last day on which one may apply must not be in the past."],
        }

    @pytest.mark.parametrize(("end", "missing"), [("wage_min_idr", "wage_max_idr"), ("wage_max_idr", "wage_min_idr")])
    def test_wants_both_ends_of_the_wage_range_or_neither(self, write, end, missing):
        answer = write(ENGLISH, **{end: 4_000_000})

        assert answer.json["errors"] == {f"/{missing}": ["Say both ends of the wage range, or neither."]}

    @pytest.mark.parametrize(
        ("closes_on", "status"), [("2027-02-28", 422), ("2027-03-01", 201), ("2027-04-01", 201), ("2027-04-02", 422)]
    )
    def test_may_close_from_today_until_the_day_on_which_work_starts(self, write, closes_on, status):
        assert write(closes_on=closes_on).status_code == status

    def test_names_an_unknown_employer(self, write):
        answer = write(ENGLISH, employer_id="nobody")

        assert answer.status_code == 422
        assert answer.json["errors"] == {"/employer_id": ["No employer has this id."]}


class TestAWageBelowTheFloor:
    def test_is_taken_with_a_warning_in_both_languages(self, officer, write):
        answer = write(**LOW)
        english = officer.get(answer.headers["Location"], headers=ENGLISH)

        assert answer.status_code == 201
        (warning,) = answer.json["warnings"]
        assert warning["code"] == "wage_below_floor"
        assert warning["sentence"].startswith("Upah terendah berada di bawah upah minimum yang berlaku pada hari mulai")
        assert warning["sentence"].endswith("Rp 3.725.000 sebulan.")
        assert english.json["warnings"][0]["sentence"].endswith("Rp 3.725.000 a month.")

    def test_is_measured_by_the_employers_sector(self, write, register):
        mine = register(nib="9999000000029", sector="05100")

        assert write(wage_min_idr=3_725_000, wage_max_idr=5_000_000).json["warnings"] == []
        assert write(wage_min_idr=3_725_000, wage_max_idr=5_000_000, employer_id=mine).json["warnings"] != []

    def test_does_not_matter_for_an_internship_or_when_none_is_said(self, write):
        assert write(**LOW, kind="internship").json["warnings"] == []
        assert write().json["warnings"] == []
