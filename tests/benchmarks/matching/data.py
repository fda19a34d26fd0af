"""The people and vacancies of one run: made once, kept in files, mapped by every contender's process."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from services.matching.engine.core.arrays import I32, I64, U8, Array
from tests.benchmarks.matching import world
from tests.benchmarks.matching.people import draw_people
from tests.benchmarks.matching.vacancies import Vac, draw_vacancies


@dataclass(frozen=True, kw_only=True, eq=False)
class Data:
    """People as arrays; the names are those of the adapters' interface.

    indptr: (n + 1,), where the skills of each begin. sk, lv: skill, ascending within a person, and level, 1-5.
    cindptr: (n + 1,), where the certificates of each begin. ce, ex: certificate, and the last day, since 1970.
    district, edu (rank, 1-9), avail (0 or 1): (n,). band10: (ndist, ndist), tenths of nearness.
    pools: (professions, 40), skills that go together; certified: (professions, 4), certificates.
    """

    indptr: Array[I64]
    sk: Array[I32]
    lv: Array[U8]
    cindptr: Array[I64]
    ce: Array[I32]
    ex: Array[I32]
    district: Array[U8]
    edu: Array[U8]
    avail: Array[U8]
    band10: Array[I32]
    pools: Array[I64]
    certified: Array[I64]
    vac: Sequence[Vac]
    V: int = world.SKILLS
    ncert: int = world.CERTIFICATES
    ndist: int = world.DISTRICTS

    @property
    def n(self) -> int:
        """How many people there are."""
        return len(self.district)

    def skills_of(self, wid: int) -> tuple[list[int], list[int]]:
        """Return a person's skills and levels."""
        begin, end = self.indptr[wid], self.indptr[wid + 1]
        return self.sk[begin:end].tolist(), self.lv[begin:end].tolist()

    def save(self, folder: Path) -> None:
        """Keep it in an empty folder."""
        for name in _arrays():
            np.save(folder / f"{name}.npy", getattr(self, name))
        (folder / "vacancies.json").write_text(json.dumps([vacancy.said for vacancy in self.vac]))

    @classmethod
    def load(cls, folder: Path) -> "Data":
        """Return what was kept, its arrays mapped: they cost no memory of the process."""
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _arrays()}
        said = json.loads((folder / "vacancies.json").read_text())
        return cls(**arrays, vac=[Vac(each, arrays["band10"]) for each in said])


def make_data(people: int, seed: int, *, vacancies: int = 1_000) -> Data:
    """Return the data of a seed."""
    drawn_in = world.make_world(seed)
    drawn = draw_people(drawn_in, seed, people)
    return Data(
        indptr=np.concatenate([[0], np.cumsum(drawn.skills)]),
        sk=drawn.skill,
        lv=drawn.level,
        cindptr=np.concatenate([[0], np.cumsum(drawn.certificates)]),
        ce=drawn.certificate,
        ex=drawn.expiry,
        district=drawn.district,
        edu=drawn.schooling,
        avail=drawn.free,
        band10=drawn_in.bands,
        pools=drawn_in.of_profession,
        certified=drawn_in.certificates_of,
        vac=draw_vacancies(drawn_in, seed, vacancies),
    )


def _arrays() -> list[str]:
    return [field.name for field in fields(Data) if field.name != "vac" and field.type is not int]
