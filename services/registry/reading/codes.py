"""What can be wrong with a line, and what becomes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

ACCEPT, WARN, REVIEW, REJECT = "accept", "warn", "review", "reject"
OUTCOMES = (ACCEPT, WARN, REVIEW, REJECT)  # from the mildest to the hardest


@dataclass(frozen=True, slots=True)
class Code:
    """outcome: of a line that has no harder code; sentence: what is wrong and what to do, for whoever sent the file."""

    outcome: str
    sentence: str


_SENTENCES = (
    (
        "missing_required",
        REJECT,
        ("The name is missing. Write the name as on the identity card, then send the line again."),
    ),
    ("duplicate_same_file", REJECT, "The same line stands earlier in this file and is counted once. Delete this line."),
    ("nik_missing", REVIEW, "The NIK is missing. Copy it from the identity card or the family card."),
    ("nik_bad_length", REVIEW, "The NIK does not have 16 digits. Copy all 16 from the identity card."),
    (
        "nik_digits_lost",
        REVIEW,
        (
            "The spreadsheet made a number of the NIK and its last digits are lost. Set the column to text, then type "
            "the NIK again from the identity card."
        ),
    ),
    (
        "nik_bad_chars",
        REVIEW,
        ("The NIK has letters or signs in it, such as O for 0 or l for 1. Write it with 16 digits only."),
    ),
    (
        "nik_bad_date",
        REVIEW,
        ("The date of birth inside the NIK does not exist. Compare digits 7 to 12 with the identity card."),
    ),
    (
        "nik_date_mismatch",
        REVIEW,
        ("The NIK tells another date of birth than the line does. Compare both with the identity card."),
    ),
    ("nik_sex_mismatch", REVIEW, "The NIK tells another sex than the line does. Compare both with the identity card."),
    (
        "nik_conflict",
        REVIEW,
        ("This NIK stands with another person of this file; perhaps it was copied down. Write each person's own NIK."),
    ),
    (
        "date_bad",
        REVIEW,
        (
            "The date of birth, or a date of the training or certificate, cannot be read or does not exist. Write it "
            "as 31-12-2001."
        ),
    ),
    (
        "age_out_of_range",
        REVIEW,
        ("By the date of birth this person is younger than 15 or older than 80. Check the year."),
    ),
    ("village_missing", REVIEW, "The village is missing. Write the desa or kelurahan where the person lives."),
    (
        "unknown_village",
        REVIEW,
        ("The regency has no village of this name. Check the spelling of the desa or kelurahan and its kecamatan."),
    ),
    ("ambiguous_village", REVIEW, "Two districts have a village of this name. Write the kecamatan too."),
    (
        "village_district_mismatch",
        REVIEW,
        ("This village is not in the kecamatan that is given. Check which of the two is right."),
    ),
    ("programme_missing", REVIEW, "The kind of training is missing. Write which training the person took part in."),
    (
        "programme_unknown",
        REVIEW,
        ("This kind of training is not among the programmes. Write it as the office's list does, or ask the office."),
    ),
    (
        "result_unknown",
        REVIEW,
        ("The result of the training cannot be read. Write Lulus, Tidak Lulus, Mengundurkan Diri or Masih Pelatihan."),
    ),
    (
        "result_certificate_conflict",
        REVIEW,
        ("The person has not passed, yet a certificate number is given. Correct the result or delete the number."),
    ),
    (
        "certificate_conflict",
        REVIEW,
        ("This certificate number stands with another person of this file. Copy the number from each certificate."),
    ),
    (
        "certificate_dates",
        REVIEW,
        ("The certificate expires before it was issued. Copy both dates from the certificate."),
    ),
    (
        "enrolment_overlap",
        REVIEW,
        ("The person is in two trainings whose periods overlap. Check the period and the name of each."),
    ),
    (
        "duplicate_possible",
        REVIEW,
        ("Somebody of this name and date of birth is registered already. Give the NIK, so that an officer can decide."),
    ),
    (
        "row_unreadable",
        REVIEW,
        (
            "The cells do not stand under their headings. Move them back under the right headings, then send the line "
            "again."
        ),
    ),
    (
        "duplicate_other_file",
        WARN,
        ("The person is registered already by the same NIK; this training was added. Nothing needs to be done."),
    ),
    (
        "nik_region_unknown",
        WARN,
        ("The first six digits of the NIK are no district of South Kalimantan. Compare them with the identity card."),
    ),
    ("nik_serial_zero", WARN, "The NIK ends in 0000, which is given to nobody. Copy the last four digits again."),
    ("date_ambiguous", WARN, "The date of birth has the month first. It was read so; write the day first."),
    (
        "birth_from_nik",
        WARN,
        ("The date of birth is missing and was taken from the NIK. Compare it with the identity card."),
    ),
    ("sex_from_nik", WARN, "The sex is missing and was taken from the NIK. Fill in L or P."),
    (
        "village_fuzzy",
        WARN,
        ("The village's name is misspelt; the one that is clearly nearest was taken. Check whether it is right."),
    ),
    ("phone_bad", WARN, "The phone number cannot be read. Write it with all its digits, as 0812 3456 7890."),
    ("phone_shared", WARN, "Another person of this file has the same phone number. Check whether both really use it."),
    ("email_bad", WARN, "This is not an e-mail address. Write it as nama@contoh.com, or leave the cell empty."),
    ("certificate_expired", WARN, "The certificate has expired. Give the new one when it has been renewed."),
    (
        "certificate_missing",
        WARN,
        ("The person passed, but no certificate number is given. Add it once the certificate is there."),
    ),
    (
        "policy_missing",
        WARN,
        ("No insurance policy is given. Fill in the number of the BPJS Ketenagakerjaan card or of the policy."),
    ),
    (
        "policy_gap",
        WARN,
        ("The policy does not cover every day of the training. Check its dates, or extend it over the whole period."),
    ),
    (
        "skill_unknown",
        WARN,
        ("A skill is not in the list or is too vague. An officer will look at it; name what the person can do."),
    ),
    ("unsafe_text", WARN, "A cell holds a formula or HTML. It was not run; write plain words."),
    ("text_too_long", WARN, "A cell has more than 1,000 characters and was cut. Shorten it."),
)
CODES: Mapping[str, Code] = MappingProxyType({code: Code(outcome, text) for code, outcome, text in _SENTENCES})


def outcome(codes: Iterable[str]) -> str:
    """Return what becomes of a line: the hardest of its codes' outcomes; accept without any."""
    return max((CODES[code].outcome for code in codes), key=OUTCOMES.index, default=ACCEPT)


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes as they are listed, each once."""
    given = set(codes)
    return tuple(code for code in CODES if code in given)
