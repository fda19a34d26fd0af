"""What the registry's codes are called on the pages of the desk, in English; id.po has the Indonesian."""

# What became of a line.
OUTCOMES = {
    "accept": "Taken",
    "warn": "Taken, with a remark",
    "review": "To be decided by an officer",
    "reject": "Given back",
}
INTAKES = {
    "reading": "being read",
    "taken": "read",
    "unreadable": "cannot be read",
    "undoing": "being undone",
    "undone": "undone",
}
LINES = {
    "taken": "taken",
    "open": "waits for an officer",
    "returned": "given back",
    "decided": "decided",
    "dismissed": "dismissed",
    "replaced": "replaced by a newer line",
    "undone": "undone",
}
# What became of people, and afterwards of what an officer decided.
PEOPLE = {
    "new": "new people",
    "joined": "known people, another training added",
    "corrected": "known people, put right",
    "unchanged": "known people, nothing new",
    "removed": "people removed again",
    "restored": "people as they were before",
    "kept": "people kept, because they were changed since",
}
DECISIONS = {"decided": "lines decided by an officer", "dismissed": "lines dismissed by an officer"}
TOO_LARGE = "A file may have 50 MB at most: send it in parts."
# What a column or a cell holds, in the order in which a form asks for it.
FIELDS = {
    "name": "Name",
    "nik": "NIK",
    "birthplace": "Birthplace",
    "birth": "Birth date",
    "ttl": "Birthplace and birth date",
    "sex": "Sex (L or P)",
    "address": "Address",
    "village": "Village",
    "district": "District",
    "full_address": "Address, village and district",
    "phone": "Phone",
    "email": "E-mail",
    "education": "Education",
    "major": "Major",
    "institution": "Institution",
    "programme": "Training",
    "batch": "Batch",
    "period": "Period of the training",
    "start": "First day of the training",
    "end": "Last day of the training",
    "result": "Result",
    "cert_no": "Certificate number",
    "scheme": "Scheme of the certificate",
    "issuer": "Issuer of the certificate",
    "issued": "Certificate issued on",
    "expires": "Certificate valid until",
    "validity": "Certificate valid from and until",
    "provider": "Insurer",
    "policy_no": "Policy number",
    "policy_from": "Policy from",
    "policy_until": "Policy until",
    "skills": "Skills",
    "reference": "Reference of an earlier line",
    "no": "Running number (not kept)",
    "note": "Remark (not kept)",
}
ENROLMENTS = {
    "applied": "applied",
    "accepted": "accepted",
    "attending": "attending",
    "completed": "passed",
    "failed": "failed",
    "withdrawn": "withdrawn",
}
# What was just done, said once on the page after it.
DONE = {
    "accept": "The line is taken.",
    "join": "The line is joined to that person.",
    "dismiss": "The line is dismissed.",
    "columns": "Remembered: from the next file on, this column is taken so.",
    "skill": "Remembered: from now on this text means that skill.",
    "none": "Remembered: this text is no skill.",
    "nothing": "Nothing was moved: choose a batch first.",
}
# Refusals that the API words for programs.
REFUSALS = {
    "no-file": "Choose a file first.",
    "file-too-large": TOO_LARGE,
    "request-entity-too-large": TOO_LARGE,
    "line-incomplete": "Something is missing that a person needs: fill it in below.",
    "nik-taken": "Somebody with this NIK is registered already: join the line to that person, or correct the NIK.",
    "release-still-runs": "The release is still being carried out: wait until it is done, then take it back.",
    "release-undone": "The release was taken back already, or is about to be.",
}
