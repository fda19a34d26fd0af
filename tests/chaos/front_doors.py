"""Invented people who come in by every door, also where nobody expects what they say: wrong columns, names of files."""

import json
from datetime import datetime
from urllib.parse import quote, urlencode

import urllib3

from tests.chaos.http import Http, token
from tests.registry.spreadsheets import AS_OF, HEADINGS, as_csv, as_xlsx, nik, person, rows
from tests.waiting import until

PASSWORD = "sungai balangan pagi"
VILLAGE, SKILL = "63.11.06.1019", "smaw-welding"
DONE = {"done", "failed"}
DONE_WITHIN_S = 60
TEXTS = ("name", "major", "batch", "provider", "issuer", "cert_no", "village", "education", "result", "skills", "note")
DATA = ("nik", "phone", "email", "address")


class Door:
    """Counts the people who came in, so that no two are one, and sends what they say."""

    def __init__(self, platform):
        self.people = []
        self._officer, self._base = Http(platform, "registry", directly=False), platform.url
        self._pool = urllib3.PoolManager(timeout=30, retries=False)
        self._headers = {"Authorization": f"Bearer {token(platform, 'gateway')}"}
        place = {"name": "LPK Pintu Depan", "kind": "LPK", "village": VILLAGE}
        self._place = self._officer.post("/v1/institutions", place, key="pintu-depan")["id"]

    def somebody(self):
        """Return somebody new, as a line of a spreadsheet."""
        n = len(self.people) + 1
        line = person(
            n,
            name=f"Wulansari Tersembunyi {_letters(n)}",
            address=f"Jl. Rahasia Lorong {n} RT 07 No. {100 + n}",
            email=f"wulansari.{n}@rahasia.example.org",
            phone=f"0813-7{n:03}-4321",
            policy_no=f"990123{n:05}",
            cert_no=f"PINTU {n:04}/2025",
        )
        line["nik"] = nik(_birth(line), line["sex"], 8000 + n)
        self.people.append(line)
        return line

    def at_the_desk(self):
        """Register somebody, try it again without a key, and change them; return the answer of the first."""
        said = self._worker(self.somebody())
        made = self._officer.post("/v1/workers", said, key=f"meja-{len(self.people)}")
        twice = self._officer.ask("POST", "/v1/workers", said)
        assert twice.status == 409, twice.data
        self._officer.ask("PATCH", f"/v1/workers/{made['id']}", {"phone": said["phone"], "address": said["address"]})
        return made

    def by_oneself(self):
        """Register as a visitor, with an account, an e-mail address and a guardian."""
        line = self.somebody()
        guardian = {"name": f"Wali {line['name']}", "relation": "ibu", "consents": True}
        self.people.append({"name": guardian["name"]})
        said = {
            "login": f"pintu.{len(self.people)}",
            "password": PASSWORD,
            "email": line["email"],
            "guardian": guardian,
        }
        worker = self._worker(line)
        worker.pop("email")
        return self._ask("POST", "/api/identity/v1/registrations", said | {"person": worker})

    def in_vain(self):
        """Say data where they are refused: in broken JSON, in queries and paths, to prove a claim, as a key."""
        line = self.somebody()
        said = self._worker(line)
        text = json.dumps(said)
        self._ask("POST", "/api/registry/v1/workers", text[:-1])
        self._ask("POST", "/api/registry/v1/workers", said | {"birth_date": line["email"], line["nik"]: line["phone"]})
        self._ask("POST", "/api/registry/v1/workers", said | {"village": line["address"], "sex": line["name"]})
        for datum in ("name", *DATA):
            self._ask("GET", f"/api/registry/v1/skills?{urlencode({'q': line[datum], 'limit': line[datum]})}")
            self._ask("GET", f"/api/registry/v1/workers/{quote(line[datum], safe='')}")
        claim = {"login": "pintu.klaim", "password": PASSWORD, "nik": line["nik"], "proof": {"code": line["phone"]}}
        self._ask("POST", "/api/identity/v1/claims", claim)
        self._ask("POST", "/api/identity/v1/claims/letters", {"nik": line["nik"]})
        self._ask("POST", "/api/identity/v1/sessions", {"login": line["email"], "password": line["phone"]})
        self._ask("POST", "/api/identity/v1/recoveries", {"login": line["email"]})

    def by_spreadsheets(self):
        """Send files that are right, that wait for an officer, and that say data where others belong."""
        files = {"benar.csv": rows([self.somebody() for _ in range(3)])}
        files["ragu.csv"] = rows([self.somebody() | {"village": "Entah"}, self.somebody() | {"programme": "Entah"}])
        files["tanpa-judul.csv"] = rows([self.somebody(), self.somebody()])[1:]
        files["tergeser.csv"] = [[*row[:1], *row[3:]] for row in rows([self.somebody()])]
        for field in TEXTS:
            wrong = [(line := self.somebody()) | {field: line[datum]} for datum in DATA]
            files[f"{field}.csv"] = rows(wrong, HEADINGS | {"note": "Keterangan"})
        named = self.somebody()
        files[f"{named['nik']} {named['phone']}.csv"] = rows([named])
        sent = [self._send(name, as_csv(table)) for name, table in files.items()]
        in_a_sheet = self.somebody()
        sent.append(self._send("lembar.xlsx", as_xlsx(rows([in_a_sheet]), sheet=in_a_sheet["nik"])))
        sent.append(self._send("judul.csv", self._titled()))
        for job in sent:
            until(lambda job=job: self._officer.get(f"/v1/jobs/{job}")["state"] in DONE, DONE_WITHIN_S)
        return sent

    def _titled(self):
        line = self.somebody()
        headings, cells = rows([line])
        title = [" ".join(line[datum] for datum in ("name", *DATA))]
        return as_csv([title, [f"{heading} {line['nik']} {line['email']}" for heading in headings], cells])

    def _send(self, name, content):
        fields = {"institution_id": self._place, "as_of": AS_OF, "file": (name, content)}
        body, kind = urllib3.encode_multipart_formdata(fields)
        answer = self._ask("POST", "/api/registry/v1/intakes", body, kind)
        assert answer.status == 202, answer.data
        return answer.json()["job"]

    def _worker(self, line):
        said = {name: line[name] for name in ("name", "nik", "sex", "address", "email", "birthplace")}
        said |= {"birth_date": f"{_birth(line):%Y-%m-%d}", "village": VILLAGE, "education": "SMK"}
        return said | {"phone": "+62" + line["phone"][1:].replace("-", ""), "skills": [{"skill": SKILL, "level": 3}]}

    def _ask(self, method, path, said=None, kind="application/json"):
        body = json.dumps(said) if isinstance(said, dict) else said
        return self._pool.request(method, self._base + path, body=body, headers=self._headers | {"Content-Type": kind})


def _birth(line):
    return datetime.strptime(line["birth"], "%d-%m-%Y")  # noqa: DTZ007 (a day)


def _letters(n):
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in str(n))
