"""What only several lines together show: duplicates, copied numbers, a phone of two people, overlapping trainings."""

from collections import defaultdict
from copy import deepcopy
from itertools import pairwise
from random import Random

from tests.registry.mess.draft import Draft
from tests.registry.mess.truth import CODES, OUTCOMES

Files = list[list[Draft]]
_ABOUT_SAMENESS = {
    "duplicate_same_file",
    "duplicate_possible",
    "duplicate_other_file",
    "enrolment_overlap",
    "phone_shared",
}


def copied_down(random: Random, drafts: list[Draft]) -> None:
    """Give a line the NIK, another the certificate number, of the line above."""
    pairs = [(above, below) for above, below in pairwise(drafts) if not below.dirt and not above.dirt]
    for above, below in random.sample(pairs, min(len(pairs), random.choice((0, 0, 1)))):
        if above.person.birth != below.person.birth and above.person.id != below.person.id:
            below.cells["nik"], below.values["nik"] = above.cells["nik"], (above.person.nik, None)
            below.codes.add("nik_conflict")
            below.dirt.append("nik_copied_down")
    passed = [pair for pair in pairs if pair[0].first("cert_no") and pair[1].first("cert_no") and not pair[1].dirt]
    for above, below in random.sample(passed, min(len(passed), random.choice((0, 0, 1)))):
        below.cells["cert_no"], below.values["cert_no"] = above.cells["cert_no"], above.values["cert_no"]
        below.codes.add("certificate_conflict")
        below.dirt.append("certificate_copied_down")


def twice(random: Random, drafts: list[Draft]) -> None:
    """Let a line stand twice: exactly, in other capitals, or with a correction."""
    for at in range(len(drafts) - 1, -1, -1):
        if (
            random.random() > 0.03
            or drafts[at].codes - {"policy_missing", "certificate_expired"}
            or drafts[at].extra_cell_after
        ):
            continue
        again = deepcopy(drafts[at])
        again.dirt.append("twice")
        if random.random() < 0.3:
            again.cells["name"] = f" {str(again.cells['name']).upper()} "
        if random.random() < 0.35:
            _correct(again)
        else:
            again.maybe |= set(CODES)
            again.codes, again.outcomes = {"duplicate_same_file"}, ("reject",)
        drafts.insert(min(len(drafts), at + random.randint(1, 4)), again)


def _correct(again: Draft) -> None:
    """The same person and batch with another phone: counted once, whatever it is called."""
    again.cells["phone"] = f"0{again.person.phone[3:-1]}{(int(again.person.phone[-1]) + 1) % 10}"
    again.values["phone"] = (f"+62{again.cells['phone'][1:]}",)
    again.maybe |= _ABOUT_SAMENESS
    again.outcomes = tuple(OUTCOMES[::-1])
    again.dirt.append("corrected")


def across(files: Files) -> None:
    """Add the codes that an earlier line causes; the files come in this order."""
    seen: dict[str, tuple[int, Draft]] = {}
    phones: defaultdict[str, set[str]] = defaultdict(set)
    for number, drafts in enumerate(files):
        for draft in drafts:
            if draft.extra_cell_after or "missing_required" in draft.codes:
                continue
            if draft.person.id in seen and seen[draft.person.id][0] < number:
                _second(draft, seen[draft.person.id][1])
            seen.setdefault(draft.person.id, (number, draft))
            number_of = draft.first("phone")
            if number_of and phones[number_of] - {draft.person.id}:
                draft.codes.add("phone_shared")
            if number_of:
                phones[number_of].add(draft.person.id)


def _second(draft: Draft, earlier: Draft) -> None:
    if draft.first("nik") == draft.person.nik and earlier.first("nik") == draft.person.nik:
        draft.codes.add("duplicate_other_file")
    elif "name_spelt" in draft.dirt + earlier.dirt or "name_swapped" in draft.dirt + earlier.dirt:
        draft.maybe.add("duplicate_possible")
    else:
        draft.codes.add("duplicate_possible")
    here, there = draft.enrolment.batch, earlier.enrolment.batch
    if here.start <= there.end and there.start <= here.end:
        # Whether leaving the first one ends it early is open.
        target = draft.maybe if "withdrawn" in {draft.enrolment.result, earlier.enrolment.result} else draft.codes
        target.add("enrolment_overlap")
