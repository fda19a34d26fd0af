"""What stands in a cell of a spreadsheet."""

from datetime import date, datetime, time, timedelta
from typing import TypeAlias

# CSV knows text alone. A workbook's number is a float (or an int where it is whole), its date a date or a datetime.
Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

# What a line may say; a column holds one of them, or nothing that is kept.
FIELDS = (
    "no", "name", "nik", "birthplace", "birth", "ttl", "sex", "address", "village", "district", "full_address",
    "phone", "email", "education", "major", "institution", "programme", "batch", "period", "result", "cert_no",
    "scheme", "issuer", "issued", "expires", "validity", "provider", "policy_no", "policy_from", "policy_until",
    "skills", "note", "reference", "start", "end",
)  # fmt: skip
