"""Turning the keys of personal data, while others seal and open."""

import secrets
import threading

import pytest
from bson.codec_options import CodecOptions
from pymongo.encryption import ClientEncryption

from deploy.local import keys
from services.common import seal as seals
from services.common import settings
from services.common.seal import Masters, Seal
from tests.common.test_seal import NIK


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def own_secrets(tmp_path, monkeypatch):
    """Stand on secrets that may be turned."""
    (tmp_path / "master.key").write_bytes(secrets.token_bytes(seals.MASTER_BYTES))
    monkeypatch.setattr(settings, "SECRETS_DIR", tmp_path)
    return tmp_path


@pytest.fixture
def another(database):
    """Make a seal as another process has one."""
    return lambda: Seal(lambda: database.client, lambda: database.name)


@pytest.fixture
def seal(own_secrets, another, db):
    db.data_keys.delete_many({})
    found = another()
    found.prepare()
    return found


def turn(seal, directory):
    keys.begin_master_rotation(directory)
    seal.turn()
    keys.finish_master_rotation(directory, is_unused=True)


@pytest.fixture
def of_an_earlier_version(own_secrets, database, db):
    """A value whose data key was wrapped by a master key without a name."""
    db.data_keys.delete_many({})
    master = {"local": {"key": (own_secrets / "master.key").read_bytes()}}
    with ClientEncryption(master, f"{database.name}.data_keys", database.client, CodecOptions()) as encryption:
        encryption.create_data_key("local", key_alt_names=[seals.KEY_NAME])
        return encryption.encrypt(NIK, seals.RANDOM, key_alt_name=seals.KEY_NAME)


class TestTurningTheKeys:
    def test_leaves_readable_what_was_written_before_and_while(self, seal, own_secrets, another):
        before = seal.close(NIK)
        keys.begin_master_rotation(own_secrets)
        during = seal.close(NIK)
        seal.turn()
        between = another().close(NIK)
        keys.finish_master_rotation(own_secrets, is_unused=True)

        for each in (before, during, between, another().close(NIK)):
            assert (seal.open(each), another().open(each)) == (NIK, NIK)

    def test_wraps_everything_anew_and_nothing_by_the_old_master_key(self, seal, own_secrets, db):
        old = Masters.read()
        turn(seal, own_secrets)

        new = Masters.read()
        assert old.newest not in new.by_name
        assert db.data_keys.distinct("masterKey.provider") == [new.newest]

    def test_seals_with_a_new_data_key_from_then_on(self, seal, own_secrets, db):
        before = seal.close(NIK)
        turn(seal, own_secrets)

        after = seal.close(NIK)
        assert before[1:17] != after[1:17]  # where a ciphertext says which data key it needs
        assert after[1:17] == bytes(db.data_keys.find_one({"keyAltNames": seals.KEY_NAME})["_id"])
        assert db.data_keys.count_documents({}) == 2

    def test_may_be_done_again_and_again(self, seal, own_secrets, another):
        sealed = []
        for _ in range(3):
            sealed.append(seal.close(NIK))
            turn(another(), own_secrets)

        assert [seal.open(each) for each in sealed] == [NIK] * 3

    def test_reaches_data_of_an_earlier_version(self, of_an_earlier_version, own_secrets, another):
        turn(another(), own_secrets)

        assert another().open(of_an_earlier_version) == NIK

    def test_reaches_a_process_that_has_only_the_old_master_key_in_its_memory(self, seal, own_secrets, another):
        sealed = seal.close(NIK)
        stale = another()
        assert stale.open(sealed) == NIK
        turn(seal, own_secrets)

        assert stale.open(sealed) == NIK
        assert seal.open(stale.close(NIK)) == NIK

    @pytest.mark.parametrize("interrupted_at", range(1, 9))
    def test_comes_to_its_end_when_it_was_interrupted_anywhere(
        self, seal, own_secrets, db, monkeypatch, interrupted_at
    ):
        sealed = seal.close(NIK)
        steps = [0]

        def dying(at):
            def act(*args, **options):
                steps[0] += 1
                if steps[0] == interrupted_at:
                    raise Killed
                done = at(*args, **options)
                steps[0] += 1
                if steps[0] == interrupted_at:
                    raise Killed
                return done

            return act

        with monkeypatch.context() as patch:
            for name in ("_create", "_renew"):
                patch.setattr(seal, name, dying(getattr(seal, name)))
            patch.setattr(ClientEncryption, "rewrap_many_data_key", dying(ClientEncryption.rewrap_many_data_key))
            patch.setattr(keys, "finish_master_rotation", dying(keys.finish_master_rotation))
            with pytest.raises(Killed):
                turn(seal, own_secrets)
            assert seal.open(sealed) == NIK
            assert seal.open(seal.close(NIK)) == NIK
        turn(seal, own_secrets)

        assert seal.open(sealed) == NIK
        assert db.data_keys.distinct("masterKey.provider") == [Masters.read().newest]
        assert len(Masters.read().by_name) == 2  # under its name, and as the one without a name
        assert db.data_keys.count_documents({"keyAltNames": seals.NEXT_NAME}) == 0

    def test_is_noticed_by_nobody_who_seals_and_opens_meanwhile(self, seal, own_secrets, another):
        is_over, done, wrong = threading.Event(), [0] * 4, []

        def work(at):
            mine = another()
            kept = [mine.close(NIK)]
            while not is_over.is_set():
                try:
                    kept.append(mine.close(NIK))
                    assert mine.open(kept[done[at] % len(kept)]) == NIK
                    done[at] += 1
                except Exception as error:  # noqa: BLE001 (whatever it is, it is told)
                    wrong.append(error)
                    return

        threads = [threading.Thread(target=work, args=(at,)) for at in range(len(done))]
        for thread in threads:
            thread.start()
        for _ in range(10):
            turn(another(), own_secrets)
        is_over.set()
        for thread in threads:
            thread.join()

        assert wrong == []
        assert min(done) > 0

    def test_is_refused_where_nothing_is_sealed(self, own_secrets, db, database):
        db.drop_collection("data_keys")

        with pytest.raises(SystemExit, match="MONGO_URL"):
            seals.main([database.service])

    def test_is_a_command(self, seal, own_secrets, database, capsys):
        keys.begin_master_rotation(own_secrets)
        seals.main([database.service, "nobody"])

        assert capsys.readouterr().out == f"{database.service}: 2 data keys under the newest master key\n"


class TestTheFileOfMasterKeys:
    @pytest.mark.parametrize("size", [0, 95, 97, 200])
    def test_of_a_strange_size_is_refused(self, own_secrets, size):
        (own_secrets / "master.key").write_bytes(secrets.token_bytes(size))

        with pytest.raises(ValueError, match="96 bytes"):
            Masters.read()
