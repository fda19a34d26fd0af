"""One-time codes, on which recovery, invitations and claims stand."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from gateway.code import commands, model
from gateway.code.model import EMAIL, INVITATION, LENGTH_ALONE, RECOVERY, TRIES, CodeWrong
from gateway.database import database
from services.reference import clock

LIVES = timedelta(minutes=30)
ADDRESS = "siti@contoh.test"
WRONG = "2222-2222-2222"


@pytest.fixture
def make():
    """Make a code, and return it as it is written."""

    def make(purpose=RECOVERY, subject="a-1", **said):
        asked = {"purpose": purpose, "subject": subject, "by": None, "now": clock.now(), "lives": LIVES} | said
        return database.transact(commands.make, **asked)[1]

    return make


def use(plain, purpose=RECOVERY, subject="a-1", now=None):
    return database.transact(commands.use, purpose=purpose, plain=plain, subject=subject, now=now or clock.now())


def is_used(plain):
    try:
        use(plain)
    except CodeWrong:
        return False
    return True


class TestACode:
    def test_is_written_in_groups_of_signs_that_nobody_confuses(self, make):
        plain = make()

        assert [len(group) for group in plain.split("-")] == [4, 4, 4]
        assert set(plain) <= set(model.LEGIBLE) | {"-"}
        assert not set("01OIL") & set(model.LEGIBLE)

    @pytest.mark.parametrize("between", ["", " ", " - ", "\n"])
    def test_is_read_however_it_is_written(self, make, between):
        assert use(make().lower().replace("-", between)).subject == "a-1"

    def test_opens_once(self, make):
        plain = make()

        assert (is_used(plain), is_used(plain)) == (True, False)

    def test_opens_once_for_two_at_the_same_time(self, make):
        plain = make()

        with ThreadPoolExecutor(4) as at_once:
            assert sum(at_once.map(is_used, [plain] * 4)) == 1

    def test_opens_until_it_is_over(self, make):
        began = clock.now()
        plain = make(now=began)

        with pytest.raises(CodeWrong):
            use(plain, now=began + LIVES)
        assert use(plain, now=began + LIVES - timedelta(milliseconds=1))

    @pytest.mark.parametrize("other", [{"purpose": EMAIL}, {"subject": "a-2"}, {"subject": ""}])
    def test_opens_nothing_else(self, make, other):
        plain = make()

        with pytest.raises(CodeWrong):
            use(plain, **other)
        assert is_used(plain)

    def test_opens_no_more_once_there_is_a_newer_one_or_it_was_withdrawn(self, make):
        first, second, other = make(), make(), make(purpose=EMAIL)
        assert not is_used(first)

        database.transact(commands.withdraw, purpose=RECOVERY, subject="a-1")

        assert not is_used(second)
        assert use(other, EMAIL)

    def test_that_alone_is_the_key_says_what_it_was_made_for(self, make):
        make(INVITATION, "i-2", length=LENGTH_ALONE)
        plain = make(INVITATION, "i-1", length=LENGTH_ALONE, by="a-9")

        used = use(plain, INVITATION, subject=None)

        assert (used.subject, used.made_by) == ("i-1", "a-9")
        assert len(plain.replace("-", "")) * 4.95 > 80

    def test_brings_along_what_was_laid_in(self, make):
        plain = make(EMAIL, payload={"email": ADDRESS})

        assert use(plain, EMAIL).payload == {"email": ADDRESS}

    def test_stays_whole_where_what_it_opened_fails(self, make):
        plain = make()

        def fail(tx):
            commands.use(tx, purpose=RECOVERY, plain=plain, subject="a-1", now=clock.now())
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            database.transact(fail)
        assert is_used(plain)

    def test_is_kept_neither_in_plain_nor_with_what_was_laid_in(self, make):
        plain = make(payload={"email": ADDRESS})
        assert not is_used(WRONG)

        kept = repr([*database.reader().db.codes.find(), *database.reader().db.code_tries.find()])
        assert "a-1" in kept
        assert not [said for said in (plain, plain.replace("-", ""), ADDRESS) if said in kept]


class TestTryingCodes:
    def test_ends_a_code_after_so_many_tries(self, make):
        plain = make()

        assert not any(is_used(WRONG) for _ in range(TRIES))

        assert not is_used(plain)

    def test_leaves_the_last_try_to_whoever_mistyped(self, make):
        plain = make()

        assert not any(is_used(WRONG) for _ in range(TRIES - 1))

        assert is_used(plain)

    def test_many_at_once_is_no_way_round(self, make):
        plain = make()

        with ThreadPoolExecutor(8) as at_once:
            assert not any(at_once.map(is_used, [WRONG] * TRIES))

        assert not is_used(plain)

    def test_starts_anew_with_a_new_code(self, make):
        make()
        assert not any(is_used(WRONG) for _ in range(TRIES))

        assert is_used(make())

    def test_a_subject_that_does_not_exist_is_refused_alike(self, make):
        make()
        with pytest.raises(CodeWrong) as wrong:
            use(WRONG)
        with pytest.raises(CodeWrong) as unknown:
            use(WRONG, subject="")

        assert wrong.value.args == unknown.value.args
        assert wrong.value.fields == unknown.value.fields
