"""What the services show in the portal's tests, and how a page is read."""

from html.parser import HTMLParser

VACANCY_ID = "0192f0aa-0000-7000-8000-000000000001"
VACANCY = {
    "id": VACANCY_ID,
    "title": "Juru las SMAW 3G <senior>",
    "kind": "job",
    "employer_id": "e-1",
    "employer_name": "PT Vista Utama",
    "positions": 12,
    "village": "63.11.06.1023",
    "wage_min_idr": 3_600_000,
    "wage_max_idr": 5_200_000,
    "skills": [],
    "starts_on": "2026-03-01",
    "closes_on": "2026-02-15",
    "status": "published",
}
WELDING = {"skill": "smaw-welding", "label": "Pengelasan SMAW"}
SAFETY = {"skill": "ohs", "label": "K3"}
CANDIDATE = {
    "rank": 1,
    "person": "0192f0aa-1111-7000-8000-0000003f2a9c",
    "district": "63.11.06",
    "district_name": "Paringin",
    "education": "SMK",
    "availability": "available",
    "available_from": "2026-02-01",
    "score": 0.873,
    "parts": {
        "skills": [
            WELDING | {"weight": 0.75, "level": 4, "min_level": 3, "credit": 1.0, "contribution": 0.6, "must": True},
            SAFETY | {"weight": 0.25, "level": 1, "min_level": 2, "credit": 0.5, "contribution": 0.1, "must": False},
        ],
        "nearness": {"km": 12.3, "value": 0.7, "contribution": 0.14},
    },
    "matched": [WELDING | {"level": 4}],
    "missing": [SAFETY | {"level": 1, "min_level": 2, "lacking": 1}],
    "certificates": [WELDING | {"valid_until": "2027-08-31"}],
    "reasons": ["Menguasai semua keterampilan wajib."],
}
SHORTLIST = {
    "vacancy": {key: VACANCY[key] for key in ("id", "title", "employer_name", "starts_on")} | {"district": "63.11.06"},
    "engine": "1",
    "total": 137,
    "items": [CANDIDATE, CANDIDATE | {"rank": 2, "certificates": [], "missing": [], "available_from": None}],
}


class Page(HTMLParser):
    """A page as a reader of it meets it: its words, its language, its links and its elements by name."""

    def __init__(self, answer):
        super().__init__()
        self.tags, self._said = [], []
        self.feed(answer.text)
        self.text = " ".join(" ".join(self._said).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self._said.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def language(self):
        return self.all("html")[0]["lang"]

    @property
    def links(self):
        return [link["href"] for link in self.all("a")]
