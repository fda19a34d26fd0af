"""Districts and villages."""

import pytest

from services.reference import regions
from services.reference.regions import RegionUnknown


class TestADistrict:
    def test_is_found_by_its_kemendagri_code(self):
        juai = regions.district("63.11.01")

        assert (juai.name, juai.regency, juai.lat, juai.lon) == ("Juai", "63.11", -2.278955, 115.588291)

    @pytest.mark.parametrize("code", ["", "63.11", "63.11.99", "6311010", "63.11.06.1023", "Juai"])
    def test_is_unknown_by_anything_else(self, code):
        with pytest.raises(RegionUnknown) as refused:
            regions.district(code)

        assert refused.value.args == (code,)

    def test_is_one_of_eight_in_balangan(self):
        names = [district.name for district in regions.districts_of()]

        assert names == [
            "Juai", "Halong", "Awayan", "Batu Mandi", "Lampihong", "Paringin", "Paringin Selatan", "Tebing Tinggi",
        ]  # fmt: skip

    def test_may_lie_in_a_neighbouring_regency(self):
        assert {district.regency for district in regions.districts_of("64.01")} == {"64.01"}

    def test_is_not_listed_for_an_unknown_regency(self):
        with pytest.raises(RegionUnknown):
            regions.districts_of("63.99")


class TestAVillage:
    def test_is_found_by_its_code_and_knows_its_district(self):
        village = regions.village("63.11.06.1023")

        assert (village.name, village.district) == ("Paringin Kota", "63.11.06")

    def test_is_unknown_by_the_code_of_a_district(self):
        with pytest.raises(RegionUnknown):
            regions.village("63.11.06")

    def test_is_one_of_157_in_balangan(self):
        villages = [village for district in regions.districts_of() for village in regions.villages_of(district.code)]

        assert len(villages) == 157
        assert sum(village.code[9] == "1" for village in villages) == 3  # kelurahan

    def test_stands_where_its_district_stands_if_nobody_measured_it(self):
        village, district = regions.village("63.10.04.2027"), regions.district("63.10.04")

        assert (village.lat, village.lon) == (district.lat, district.lon)

    def test_is_not_listed_for_an_unknown_district(self):
        with pytest.raises(RegionUnknown):
            regions.villages_of("63.11")


class TestASuggestion:
    @pytest.mark.parametrize(
        ("told", "code"),
        [("6311061023", "63.11.06.1023"), ("63-11-06-1023", "63.11.06.1023"), ("paringin kota", "63.11.06.1023"),
         ("Paringin Kta", "63.11.06.1023"), ("Batu Mandi", "63.11.04.2005"), ("Ju\u2019uh", "63.11.08.2004")],
    )  # fmt: skip
    def test_comes_first_for_what_was_nearly_right(self, told, code):
        assert regions.suggest(told)[0].code == code

    def test_for_a_code_with_a_slip_stays_close(self):
        assert "63.11.06.1023" in [village.code for village in regions.suggest("63.11.06.1032")]

    @pytest.mark.parametrize(
        ("name", "codes"),
        [("Galumbang", ["63.11.01.2006", "63.11.07.2006"]), ("Juai", ["63.11.01.2003", "63.09.04.2008"])],
    )
    def test_names_every_village_of_that_name_and_balangans_first(self, name, codes):
        assert [village.code for village in regions.suggest(name)][: len(codes)] == codes

    @pytest.mark.parametrize("told", ["", "...", "Qwerty Zxcvb", "x" * 1_000_000])
    def test_is_none_for_what_is_like_nothing(self, told):
        assert regions.suggest(told) == []


class TestTheDistanceBetweenDistricts:
    def test_is_the_great_circle_between_their_centroids(self):
        # By hand, on a plane: 0.0779° of latitude = 8.67 km, 0.0067° of longitude at 2.3° south = 0.73 km
        assert regions.distance_km("63.11.06", "63.11.07") == pytest.approx(8.70, abs=0.02)

    def test_is_zero_at_home_and_the_same_both_ways(self):
        assert regions.distance_km("63.11.06", "63.11.06") == 0
        assert regions.distance_km("63.11.01", "63.71.01") == regions.distance_km("63.71.01", "63.11.01")

    def test_is_unknown_to_an_unknown_district(self):
        with pytest.raises(RegionUnknown):
            regions.distance_km("63.11.06", "31.71.01")
