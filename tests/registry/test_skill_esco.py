"""Importing ESCO's skills from a terminal, and finding them.

data/esco_skills.csv and data/esco_broader.csv are an excerpt of ESCO v1.1.1, in English, its alternative labels cut
to six. This service uses the ESCO classification of the European Commission (reuse by decision 2011/833/EU).
"""

import csv
from pathlib import Path

import pytest

from services.registry.database import database
from services.registry.esco import store
from services.registry.taxonomies import main

SKILLS, BROADER = (Path(__file__).parent / "data" / name for name in ("esco_skills.csv", "esco_broader.csv"))
WELDING = "530cb489-d900-46ab-9350-4d50ccd49eea"
ARC_WELDING = "27d26fd6-5795-4f0a-884e-112df7c68314"
HEADINGS = ["id", "label", "type", "reuse", "alt"]


@pytest.fixture
def visitor(client):
    return client("registry", None)


@pytest.fixture
def run(capsys):
    """Run the command; return its exit code, and what it said on either side."""

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def imported(run):
    assert run("import-esco", SKILLS, BROADER)[0] == 0


def rows():
    with SKILLS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def table(tmp_path):
    """Write a table of ESCO's skills."""

    def table(lines, headings=HEADINGS):
        path = tmp_path / "skills.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([headings, *([line[name] for name in HEADINGS] for line in lines)])
        return path

    return table


def standing():
    return {row["_id"]: row for row in database.reader().db.esco_skills.find()}


@pytest.fixture
def linked():
    """Link a skill of ours with one of ESCO's for a test."""
    skills = database.reader().db.skills
    before = {row["_id"]: row["esco"] for row in skills.find({}, {"esco": 1})}
    skills.update_many({}, {"$set": {"esco": None}})
    skills.update_one({"_id": "welding"}, {"$set": {"esco": WELDING}})
    skills.update_one({"_id": "sewing"}, {"$set": {"esco": "00000000-0000-4000-8000-000000000000"}})
    yield
    for id_, esco in before.items():
        skills.update_one({"_id": id_}, {"$set": {"esco": esco}})


class TestImportingEsco:
    def test_brings_in_each_skill_and_says_how_many(self, run):
        code, said, _ = run("import-esco", SKILLS, BROADER)

        assert code == 0
        assert said.startswith(f"added: {len(rows())}  changed: 0  retired: 0  unchanged: 0\n")
        assert set(standing()) == {row["id"] for row in rows()}

    def test_again_adds_none_and_changes_nothing(self, run, imported):
        before, version = standing(), store.taxonomy(database.reader())

        assert run("import-esco", SKILLS, BROADER)[1].startswith(
            f"added: 0  changed: 0  retired: 0  unchanged: {len(before)}"
        )

        assert (standing(), store.taxonomy(database.reader())) == (before, version)

    def test_replaces_what_changed_and_leaves_the_others(self, run, imported, table, visitor):
        before, changed = standing(), [row | ({"label": "weld"} if row["id"] == WELDING else {}) for row in rows()]

        _, said, _ = run("import-esco", table(changed), BROADER)

        assert "changed: 1  retired: 0" in said
        assert visitor.get("/v1/esco-skills?q=weld").json[0]["id"] == WELDING
        after = standing()
        assert (after[WELDING]["version"], after[WELDING]["label"]) == (2, "weld")
        assert {id_ for id_ in after if after[id_] != before[id_]} == {WELDING}

    def test_retires_what_is_no_longer_in_the_file_and_takes_it_back(self, run, imported, table, visitor):
        rest = table([row for row in rows() if row["id"] != WELDING])
        assert "retired: 1" in run("import-esco", rest, BROADER)[1]

        assert visitor.get(f"/v1/esco-skills/{WELDING}").json["retired"] is True
        assert WELDING not in [skill["id"] for skill in visitor.get("/v1/esco-skills?q=welding+techniques").json]
        assert WELDING not in [skill["id"] for skill in visitor.get("/v1/esco-skills").json]

        assert "changed: 1" in run("import-esco", SKILLS, BROADER)[1]
        assert visitor.get(f"/v1/esco-skills/{WELDING}").json["retired"] is False

    def test_keeps_what_is_broader_when_that_file_is_not_given(self, run, imported, visitor):
        before = visitor.get(f"/v1/esco-skills/{ARC_WELDING}").json["broader"]

        run("import-esco", SKILLS)

        assert before != []
        assert visitor.get(f"/v1/esco-skills/{ARC_WELDING}").json["broader"] == before

    def test_reads_the_files_as_esco_hands_them_out(self, run, tmp_path, visitor):
        uri = "http://data.europa.eu/esco/skill/"
        headings = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status"
        skill = (
            f'KnowledgeSkillCompetence,{uri}{WELDING},knowledge,cross-sector,welding techniques,"weld\njoin metal",x'
        )
        (tmp_path / "skills_en.csv").write_text(f"\ufeff{headings}\n{skill}\n", encoding="utf-8")
        link = f"KnowledgeSkillCompetence,{uri}{WELDING},SkillGroup,http://data.europa.eu/esco/isced-f/0715"
        (tmp_path / "broader.csv").write_text(
            f"conceptType,conceptUri,broaderType,broaderUri\n{link}\n", encoding="utf-8"
        )

        assert run("import-esco", tmp_path / "skills_en.csv", tmp_path / "broader.csv")[0] == 0

        shown = visitor.get(f"/v1/esco-skills/{WELDING}").json
        assert (shown["alternatives"], shown["broader"], shown["type"]) == (
            ["weld", "join metal"],
            ["0715"],
            "knowledge",
        )


class TestAFileThatIsWrong:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("id,label,type\na,b,c\n", "line 1: no column reuse, alt"),
            ("", "line 1: no column id, label, type, reuse, alt"),
            ("id,label,type,reuse,alt\na,b,c,d,e\n,b,c,d,e\n", "line 3: id or label is empty"),
            ("id,label,type,reuse,alt\na,b,c,d,e\nx,b,c,d,e\na,b,c,d,e\n", "line 4: a stood in line 2 already"),
            ("id,label,type,reuse,alt\na,b,c\n", "line 2: it has not as many cells"),
            ('id,label,type,reuse,alt\na,"b,c,d,e\n', "line 2: "),
        ],
    )
    def test_is_told_with_its_line_and_nothing_of_it_is_written(self, run, tmp_path, content, said):
        path = tmp_path / "wrong.csv"
        path.write_text(content, encoding="utf-8")

        code, out, error = run("import-esco", path)

        assert (code, out) == (1, "")
        assert f"{path}, {said}" in error
        assert standing() == {}

    def test_that_is_not_utf_8_or_not_there_is_told_too(self, run, tmp_path):
        (tmp_path / "latin.csv").write_bytes("id,label,type,reuse,alt\na,caf\xe9,c,d,e\n".encode("latin-1"))

        assert "not UTF-8" in run("import-esco", tmp_path / "latin.csv")[2]
        assert "Give the path of a CSV file" in run("import-esco", tmp_path / "nowhere.csv")[2]

    def test_of_links_stops_the_import_as_well(self, run, tmp_path):
        (tmp_path / "broader.csv").write_text("concept,broader\na,\n", encoding="utf-8")

        assert "line 2: one end of the link is empty" in run("import-esco", SKILLS, tmp_path / "broader.csv")[2]
        assert standing() == {}


class TestFindingSkillsOfEsco:
    def test_by_english_words_gives_the_best_first(self, imported, visitor):
        found = [skill["label"] for skill in visitor.get("/v1/esco-skills?q=underwater+weldng&limit=3").json]

        assert (found[0], len(found)) == ("weld underwater", 3)

    def test_by_an_alternative_label(self, imported, visitor):
        found = visitor.get("/v1/esco-skills?q=emergency+care").json

        assert found[0]["label"] == "first aid"

    def test_by_pages_gives_each_once(self, imported, visitor):
        seen, path = [], "/v1/esco-skills?limit=17"
        while path:
            answer = visitor.get(path)
            seen += [skill["id"] for skill in answer.json]
            path = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")

        assert seen == sorted(standing())

    def test_leaves_our_own_search_as_it_was(self, imported, visitor):
        ours = {row["_id"] for row in database.reader().db.skills.find({}, {"_id": 1})}

        assert {skill["id"] for skill in visitor.get("/v1/skills?q=apply+thermite+welding").json} <= ours

    def test_that_are_not_there(self, visitor):
        assert visitor.get("/v1/esco-skills?q=welding").json == []
        assert visitor.get(f"/v1/esco-skills/{WELDING}").status_code == 404


class TestASkillThatIsInBoth:
    def test_is_shown_from_both_sides(self, imported, linked, visitor):
        theirs = visitor.get(f"/v1/esco-skills/{WELDING}").json
        ours = visitor.get("/v1/skills/welding").json

        assert (theirs["skills"], ours["esco"]) == (["welding"], WELDING)
        found = visitor.get("/v1/esco-skills?q=welding+techniques").json
        assert found[0]["skills"] == ["welding"]
        assert visitor.get(f"/v1/esco-skills/{ARC_WELDING}").json["skills"] == []

    def test_is_another_answer_than_before_it_was_linked(self, imported, linked, visitor):
        seen = visitor.get(f"/v1/esco-skills/{WELDING}").headers["ETag"]
        database.reader().db.skills.update_one({"_id": "welding"}, {"$set": {"esco": None}})

        again = visitor.get(f"/v1/esco-skills/{WELDING}", headers={"If-None-Match": seen})

        assert (again.status_code, again.json["skills"]) == (200, [])
        unchanged = visitor.get(f"/v1/esco-skills/{WELDING}", headers={"If-None-Match": again.headers["ETag"]})
        assert unchanged.status_code == 304

    def test_is_counted(self, imported, linked, visitor):
        answer = visitor.get("/v1/esco", headers={"Accept-Language": "en"}).json

        assert (answer["id"], answer["counts"]) == ("esco", {"skills": 38, "retired": 0, "same_as_ours": 1})
        assert "European Commission" in answer["attribution"]


class TestCheckingTheTaxonomies:
    def test_says_version_and_counts_of_each(self, run, imported):
        code, said, _ = run("check")

        assert code == 0
        assert f"esco: {store.taxonomy(database.reader()).version}" in said
        assert f"skills: {len(rows())}" in said

    def test_says_that_one_was_not_imported(self, run):
        assert "esco: not imported" in run("check")[1]
