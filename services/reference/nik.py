"""What a NIK says: RRRRRR DDMMYY SSSS, the day counted 40 higher for women (PP 37/2007, article 37)."""

from dataclasses import dataclass
from datetime import date

from services.reference import regions

WOMAN = 40  # added to the day of birth in a woman's NIK
YOUNGEST, OLDEST = 15, 80  # years; the age of whoever stands in the registry
NO_SERIAL = "0000"  # the count starts at 0001
PROVINCE = "63."  # South Kalimantan: of the others no districts are known here

_DIGITS = 16
_CENTURIES = (2000, 1900)


class NotANik(ValueError):
    """It is not made of 16 digits."""


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK taken apart.

    district: the kecamatan of first registration, as 63.11.06; not where the person lives.
    day, month, year: of birth as written, the 40 taken off, the year of two digits; perhaps no date at all.
    """

    district: str
    day: int
    month: int
    year: int
    sex: str
    serial: str

    @property
    def region_is_known(self) -> bool:
        """Tell whether its first six digits are a district of the province."""
        try:
            return regions.district(self.district).code.startswith(PROVINCE)
        except regions.RegionUnknown:
            return False

    def born(self, today: date) -> date | None:
        """Return the birth date in the century that makes the person 15 to 80 years old today.

        Where neither century does, the later one that is past; None where there is no such date.
        """
        days = [found for found in map(self._in_century, _CENTURIES) if found and found <= today]
        fitting = (day for day in days if YOUNGEST <= age(day, today) <= OLDEST)
        return next(fitting, days[0] if days else None)

    def is_of(self, birth: date) -> bool:
        """Tell whether it was given to somebody born on this day; it does not know the century."""
        return (self.day, self.month, self.year) == (birth.day, birth.month, birth.year % 100)

    def _in_century(self, century: int) -> date | None:
        try:
            return date(century + self.year, self.month, self.day)
        except ValueError:
            return None


def read(number: str) -> Nik:
    """Take a NIK apart.

    :raises NotANik: it is not made of 16 digits.
    """
    if len(number) != _DIGITS or not (number.isascii() and number.isdigit()):
        raise NotANik
    day = int(number[6:8])
    woman = day > WOMAN
    district = f"{number[:2]}.{number[2:4]}.{number[4:6]}"
    born = (day - WOMAN * woman, int(number[8:10]), int(number[10:12]))
    return Nik(district, *born, sex="P" if woman else "L", serial=number[12:])


def age(birth: date, today: date) -> int:
    """Return the whole years that somebody has lived; below zero before birth."""
    had_birthday = (today.month, today.day) >= (birth.month, birth.day)
    return today.year - birth.year - (not had_birthday)
