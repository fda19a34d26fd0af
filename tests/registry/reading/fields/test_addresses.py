"""Addresses of one cell."""

import pytest

from services.registry.reading.fields import addresses
from services.registry.reading.fields.addresses import Parts

WHOLE = Parts("Jl. A. Yani RT 03 No. 47", "Lajar", "Lampihong")


class TestAWholeAddress:
    @pytest.mark.parametrize(
        "cell",
        [
            "Jl. A. Yani RT 03 No. 47, Desa Lajar, Kec. Lampihong",
            "Jl. A. Yani RT 03 No. 47, Desa Lajar, Kec. Lampihong, Kab. Balangan",
            "Jl. A. Yani RT 03 No. 47 Desa Lajar Kec. Lampihong Kab. Balangan Prov. Kalimantan Selatan 71661",
            "Kec. Lampihong, Desa Lajar, Jl. A. Yani RT 03 No. 47",
            "Desa Lajar Jl. A. Yani RT 03 No. 47 Kec.Lampihong",
            "Desa Lajar. Jl. A. Yani RT 03 No. 47 Kec. Lampihong",
            "Jl. A. Yani RT 03 No. 47\nDs. Lajar\nKecamatan Lampihong",
            "Jl. A. Yani RT 03 No. 47; Ds Lajar; Lampihong",
            "Jl. A. Yani RT 03 No. 47, Lajar, Lampihong, Balangan",
            "Jl. A. Yani RT 03 No. 47 Lajar Lampihong",
            "Jl. A. Yani RT 03 No. 47 - Desa Lajar - Kec. Lampihong",
            "Jl. A. Yani RT 03 No. 47, Desa Lajar/Kec. Lampihong",
            "Jl. A. Yani RT 03 No. 47, Kel/Desa Lajar Kec Lampihong",
            "Jl. A. Yani RT 03 No. 47, Lajar (Kec. Lampihong)",
            "Desa Lajar Lampihong, Jl. A. Yani RT 03 No. 47",
        ],
    )
    def test_is_taken_apart_in_any_order(self, cell):
        assert addresses.read(cell) == WHOLE

    @pytest.mark.parametrize(
        ("cell", "parts"),
        [
            ("Jl. Masjid RT 02 No. 15, Kec. Lampihong", Parts("Jl. Masjid RT 02 No. 15", "", "Lampihong")),
            ("Jl. Masjid RT 02 No. 15, Desa Galumbang", Parts("Jl. Masjid RT 02 No. 15", "Galumbang", "")),
            ("Jl. Masjid RT 02", Parts("Jl. Masjid RT 02", "", "")),
            ("Lajar", Parts("", "Lajar", "")),
            ("Desa Lajar RT 03 Kec. Lampihong", Parts("RT 03", "Lajar", "Lampihong")),
            ("Paringin Kota RT 05 Kec. Paringin", Parts("RT 05", "Paringin Kota", "Paringin")),
            ("Jl. Contoh RT 1, Awayan", Parts("Jl. Contoh RT 1", "", "Awayan")),
            ("Jl. Contoh, Awayan, Awayan", Parts("Jl. Contoh", "Awayan", "Awayan")),
            ("Jl. Masjid, dekat pasar, Kec. Juai", Parts("Jl. Masjid, dekat pasar", "", "Juai")),
            ("Jl. Masjid RT 1, Lajr, Lampihong", Parts("Jl. Masjid RT 1", "Lajr", "Lampihong")),
            ("Jl. Masjid RT 1, Entah Dimana, Lampihong", Parts("Jl. Masjid RT 1", "Entah Dimana", "Lampihong")),
            ("Jl. Desa Lama RT 2, Desa Lajar", Parts("Jl. Desa Lama RT 2", "Lajar", "")),
            ("Gg. Karya Tani RT 1", Parts("Gg. Karya Tani RT 1", "", "")),
            ("Jl. A. Yani KM 3,5 Desa Lajar", Parts("Jl. A. Yani KM 3,5", "Lajar", "")),
            ("Kab. Balangan", Parts("", "", "")),
            ("", Parts("", "", "")),
        ],
    )
    def test_may_be_there_in_part(self, cell, parts):
        assert addresses.read(cell) == parts


class TestMoreThanAVillageInItsCell:
    @pytest.mark.parametrize(
        ("cell", "village", "district"),
        [
            ("Lajar", "Lajar", ""),
            ("Baruh Bahinu Luar", "Baruh Bahinu Luar", ""),
            ("Baruh Bahnu Luar", "Baruh Bahnu Luar", ""),
            ("Lajar RT 03", "Lajar", ""),
            ("RT 03 Desa Lajar", "Lajar", ""),
            ("Galumbang, Kec. Juai", "Galumbang", "Juai"),
            ("Galumbang (Kec. Juai)", "Galumbang", "Juai"),
            ("Galumbang Juai", "Galumbang", "Juai"),
            ("Dahai, Paringin", "Dahai", "Paringin"),
        ],
    )
    def test_is_told_apart(self, cell, village, district):
        found = addresses.of_village(cell)

        assert (found.village, found.district) == (village, district)
