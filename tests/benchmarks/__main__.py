"""`python -m tests.benchmarks [matching|pages|requests|events|intake]`.

All but matching need MONGO_URL, AMQP_URL, Debian's wrk and nginx-light.
"""

import os
import shutil
import sys

from pymongo import MongoClient

from tests.benchmarks.stand import PREFIX, Stand

SERVICES = ("services.registry", "services.vacancies", "services.matching", "gateway")


def main(asked: list[str]) -> int:
    if "matching" in asked or not asked:
        from tests.benchmarks.matching import run

        _show(run.measure())
    return 0 if asked == ["matching"] else _services(asked)


def _services(asked: list[str]) -> int:
    missing = [name for name in ("wrk", "nginx") if shutil.which(name) is None]
    if missing:
        print(f"make bench needs {' and '.join(missing)}: apt-get install wrk nginx-light")
        return 1
    mongo_url = os.environ["MONGO_URL"]
    with Stand() as stand:
        _forget(mongo_url)
        for package in SERVICES:
            stand.once(f"{package}.migrations")
        # Imported late: settings read the environment that the stand made.
        from tests.benchmarks import events, intake, pages, requests

        if "pages" in asked or not asked:
            _show(pages.measure(stand))
        if "requests" in asked or not asked:
            _show(requests.measure(stand))
        if "events" in asked or not asked:
            _show(events.measure(stand, mongo_url))
        if "intake" in asked or not asked:
            _show(intake.measure(stand, mongo_url))
    _forget(mongo_url)
    return 0


def _show(lines: list[str]) -> None:
    """Print what a part measured, at once: a later one may fail."""
    print("\n".join(["", *lines]), flush=True)


def _forget(mongo_url: str) -> None:
    with MongoClient(mongo_url) as client:
        for name in client.list_database_names():
            if name.startswith(PREFIX):
                client.drop_database(name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
