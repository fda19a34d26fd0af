"""Villages and districts."""

import pytest

from services.registry.reading.fields import villages


def find(written, district=""):
    found = villages.find(written, district)
    return found.village.code if found.village else None, found.code


class TestAVillage:
    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("Lajar", "63.11.05.2008"),
            ("LAJAR", "63.11.05.2008"),
            ("Ds. Lajar", "63.11.05.2008"),
            ("desa lajar", "63.11.05.2008"),
            ("DsLajar", "63.11.05.2008"),
            ("Kel. Batu Piring", "63.11.07.1001"),
            ("Desa/Kel. Batu Piring", "63.11.07.1001"),
            ("Kelurahan Paringin Kota", "63.11.06.1023"),
            ("Ju'uh", "63.11.08.2004"),
            ("JUUH", "63.11.08.2004"),
            ("Ju uh", "63.11.08.2004"),
            ("Batu Mandi", "63.11.04.2005"),
            ("Sungai Pumpung", "63.11.03.2022"),
            ("Sei Ketapi", "63.11.06.2038"),
            ("S. Ketapi", "63.11.06.2038"),
            ("SeiKetapi", "63.11.06.2038"),
            ("seiketapi", "63.11.06.2038"),
            ("BuntuPilanduk", "63.11.02.2009"),
            ("Gn. Manau", "63.11.04.2016"),
            ("Teluk Masjid", "63.11.04.2010"),
            ("63.11.06.1023", "63.11.06.1023"),
            ("6311061023", "63.11.06.1023"),
        ],
    )
    def test_is_found_under_its_spellings_without_a_warning(self, written, code):
        assert find(written) == (code, None)

    @pytest.mark.parametrize(
        ("written", "district", "code"),
        [
            ("Lajr", "", "63.11.05.2008"),
            ("Gulingang", "Juai", "63.11.01.2017"),
            ("Gunung Btu", "Tebing Tinggi", "63.11.08.2008"),
            ("Mauay", "", "63.11.02.2023"),
            ("Gua", "", "63.11.04.2015"),
            ("Auuh", "Tebing Tinggi", "63.11.08.2007"),
            ("Galumbng", "Juai", "63.11.01.2006"),
            ("Buntu Pilandk", "", "63.11.02.2009"),
            ("Baruh Panymbarn", "", "63.11.02.2022"),
        ],
    )
    def test_that_is_clearly_nearest_is_taken_with_a_warning(self, written, district, code):
        assert find(written, district) == (code, "village_fuzzy")

    @pytest.mark.parametrize(
        ("written", "district", "code"),
        [
            ("Galumbang", "", "ambiguous_village"),
            ("Gallumbang", "", "ambiguous_village"),
            ("Galumbang", "Paringin", "village_district_mismatch"),
            ("Balang", "Halong", "village_district_mismatch"),
            ("Lajar", "Amuntai Selatan", "village_district_mismatch"),
            ("Rambaian Luar", "Awayan", "unknown_village"),
            ("Kampung Seberang", "", "unknown_village"),
            ("Sumber Rejo", "Juai", "unknown_village"),
            ("Binjai Hilir", "Paringin Selatan", "unknown_village"),
            ("Lok Batug", "", "unknown_village"),
            ("Paringin", "Paringin", "unknown_village"),
            ("63.11.99.2001", "", "unknown_village"),
            ("", "Juai", "village_missing"),
            ("Desa", "", "village_missing"),
        ],
    )
    def test_is_not_taken_where_it_is_in_doubt(self, written, district, code):
        assert find(written, district) == (None, code)

    @pytest.mark.parametrize("district", ["Juai", "Kec. Juai", "JUAI", "Kecamatan Juai", "kec.juai", "Jual"])
    def test_of_two_with_one_name_is_told_by_the_district(self, district):
        assert find("Galumbang", district) == ("63.11.01.2006", None)

    @pytest.mark.parametrize("district", ["Paringin Selatan", "Paringin Sel.", "PARINGIN SLT", "Kec. Prg Selatan"])
    def test_knows_a_shortened_district(self, district):
        assert find("Galumbang", district) == ("63.11.07.2006", None)

    def test_is_taken_where_the_district_is_no_district_at_all(self):
        assert find("Lajar", "dekat pasar") == ("63.11.05.2008", None)
