"""Which passwords are good enough."""

import pytest

from gateway.account import model
from gateway.account.model import PasswordBreached, PasswordTooShort


class TestAPassword:
    @pytest.mark.parametrize(
        "said", ["sungai balangan", "kuda-lumping 27", "tiga ekor bekantan", "Ünïcode 密码 panjang"]
    )
    def test_of_some_words_is_taken(self, said):
        model.check_password(said, "siti.aminah")

    @pytest.mark.parametrize("said", ["pendek", "         x", "a" * 9])
    def test_that_is_short_is_not(self, said):
        with pytest.raises(PasswordTooShort):
            model.check_password(said, "siti")

    @pytest.mark.parametrize(
        "said",
        ["1234567890", "QWERTYUIOP", "bismillah123", "indonesia123", "aaaaaaaaaaaa", "siti.aminah1", "1siti.aminah23"],
    )
    def test_that_many_have_or_that_is_the_login_is_not(self, said):
        with pytest.raises(PasswordBreached):
            model.check_password(said, "siti.aminah")
