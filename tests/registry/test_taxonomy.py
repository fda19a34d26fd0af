"""The skills and the programmes that the registry starts with."""

import csv
import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

REGISTRY = Path(__file__).parents[2] / "services/registry"
SLUG = r"[a-z]+(-[a-z]+)*"
UNIT = r"[A-Z]\.\d{2}[A-Z0-9]{3,4}\d{2}\.\d{3}\.\d{1,2}|[A-Z]\.\d{5,6}\.\d{3}\.\d{2}"
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
LEVELS = {"1", "2", "3", "4", "5"}


@pytest.fixture(autouse=True)
def empty_databases():
    """Stand in for the fixture that would open one: the tables are files."""


@pytest.fixture(scope="module")
def skills():
    return read("skill/taxonomy.csv")


@pytest.fixture(scope="module")
def programmes():
    return read("programme/programmes.csv")


def read(path):
    with (REGISTRY / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parts(cell):
    return cell.split(";") if cell else []


def folded(text):
    return " ".join(re.findall(r"\w+", text.casefold()))


def repeated(values):
    return [value for value, times in Counter(values).items() if times > 1]


class TestTheSkills:
    def test_are_at_least_300_each_with_an_id_of_its_own_that_fits_into_an_address(self, skills):
        assert len(skills) >= 300
        assert repeated(row["id"] for row in skills) == []
        assert [row["id"] for row in skills if not re.fullmatch(SLUG, row["id"])] == []

    def test_have_both_labels_and_five_to_sixteen_synonyms(self, skills):
        assert [row["id"] for row in skills if not (row["label_id"].strip() and row["label_en"].strip())] == []
        assert [row["id"] for row in skills if not 5 <= len(parts(row["synonyms"])) <= 16] == []

    def test_lead_no_word_to_two_skills_and_none_twice_to_one(self, skills):
        names = [(folded(row["label_id"]), row["id"]) for row in skills]
        names += [(folded(row["label_en"]), row["id"]) for row in skills]
        names += [(folded(word), row["id"]) for row in skills for word in parts(row["synonyms"])]

        assert repeated(name for name, _ in names) == []

    def test_have_no_empty_or_padded_cell_parts(self, skills):
        cells = [part for row in skills for field in ("synonyms", "related", "skkni") for part in parts(row[field])]

        assert [part for part in cells if not part or part != part.strip()] == []

    def test_stand_in_groups_of_at_least_three(self, skills):
        groups = Counter(row["group"] for row in skills)

        assert 20 <= len(groups) <= 30
        assert min(groups.values()) >= 3
        assert [group for group in groups if not re.fullmatch(SLUG, group)] == []

    @pytest.mark.parametrize(
        "vague", ["rajin", "jujur", "operator", "teknisi", "mekanik", "sales", "admin", "tukang", "bisa apa saja"]
    )
    def test_take_no_word_that_is_too_vague_to_be_one(self, skills, vague):
        words = {folded(word) for row in skills for word in (row["label_id"], row["label_en"], *parts(row["synonyms"]))}

        assert vague not in words


class TestTheLinksBetweenSkills:
    def test_lead_to_skills_that_are_there_and_never_to_itself(self, skills):
        ids = {row["id"] for row in skills}
        links = [(row["id"], to) for row in skills for to in [*parts(row["broader"]), *parts(row["related"])]]

        assert [link for link in links if link[1] not in ids or link[0] == link[1]] == []

    def test_relate_each_skill_to_one_up_to_four_others(self, skills):
        assert [row["id"] for row in skills if not 1 <= len(parts(row["related"])) <= 4] == []
        assert [row["id"] for row in skills if repeated([row["broader"], *parts(row["related"])])] == []

    def test_go_up_to_a_skill_without_a_broader_one_and_never_round(self, skills):
        broader = {row["id"]: row["broader"] for row in skills}
        for start in broader:
            seen = [start]
            while broader[seen[-1]]:
                assert broader[seen[-1]] not in seen
                seen.append(broader[seen[-1]])


class TestTheCodesOfSkills:
    def test_have_the_form_of_skkni_units(self, skills):
        codes = list(chain.from_iterable(parts(row["skkni"]) for row in skills))

        assert codes
        assert [code for code in codes if not re.fullmatch(UNIT, code)] == []
        assert [row["id"] for row in skills if repeated(parts(row["skkni"]))] == []

    def test_lead_at_least_a_hundred_to_one_esco_skill_each_and_no_two_to_the_same(self, skills):
        pairs = [row["esco"] for row in skills if row["esco"]]

        assert len(pairs) >= 100
        assert repeated(pairs) == []
        assert [pair for pair in pairs if not re.fullmatch(UUID, pair)] == []


class TestTheProgrammes:
    def test_are_25_with_an_id_and_a_name_of_their_own(self, programmes):
        assert len(programmes) == 25
        assert repeated(row["id"] for row in programmes) == []
        assert [row["id"] for row in programmes if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])] == []

    def test_have_no_name_or_alias_in_common(self, programmes):
        names = [" ".join(name.casefold().split()) for row in programmes for name in named(row)]

        assert repeated(names) == []

    def test_have_no_scheme_that_is_a_name_of_another(self, programmes):
        owners = {name.casefold(): row["id"] for row in programmes for name in named(row)}
        schemes = [(scheme.casefold(), row["id"]) for row in programmes for scheme in parts(row["schemes"])]

        assert repeated(scheme for scheme, _ in schemes) == []
        assert [row for row in schemes if owners.get(row[0], row[1]) != row[1]] == []

    def test_teach_two_to_four_known_skills_the_first_at_the_highest_level(self, programmes, skills):
        ids = {row["id"] for row in skills}
        for row in programmes:
            taught = [part.split(":") for part in parts(row["skills"])]

            assert 2 <= len(taught) <= 4
            assert {skill for skill, _ in taught} <= ids
            assert {level for _, level in taught} <= LEVELS
            assert taught[0][1] == max(level for _, level in taught)
            assert repeated(skill for skill, _ in taught) == []

    def test_prove_25_different_skills(self, programmes):
        assert repeated(row["skills"].partition(":")[0] for row in programmes) == []

    def test_last_as_long_as_courses_do(self, programmes):
        assert [row["id"] for row in programmes if not 40 <= int(row["hours"]) <= 960] == []


def named(row):
    return [row["name"], *parts(row["aliases"])]
