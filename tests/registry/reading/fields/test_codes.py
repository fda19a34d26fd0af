"""What becomes of a line."""

import pytest

from services.registry.reading import codes


class TestTheOutcome:
    @pytest.mark.parametrize(
        ("given", "outcome"),
        [
            ([], "accept"),
            (["phone_bad"], "warn"),
            (["phone_bad", "nik_missing", "policy_missing"], "review"),
            (["nik_missing", "missing_required"], "reject"),
            (iter(["duplicate_same_file"]), "reject"),
        ],
    )
    def test_is_the_hardest_of_its_codes(self, given, outcome):
        assert codes.outcome(given) == outcome


class TestACode:
    def test_says_what_is_wrong_and_what_to_do(self):
        short = [name for name, code in codes.CODES.items() if code.sentence.count(".") < 2]

        assert short == []

    def test_is_listed_once_and_from_the_hardest_to_the_mildest(self):
        outcomes = [code.outcome for code in codes.CODES.values()]

        assert outcomes == sorted(outcomes, key=codes.OUTCOMES.index, reverse=True)
        assert len(codes.CODES) == 42
