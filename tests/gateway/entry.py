"""Forms by which people enter, and what they see then."""

from tests.gateway.conftest import PASSWORD
from tests.gateway.desk import OURS
from tests.gateway.registry import NIK, NUMBER
from tests.gateway.showing import Page

FORM = {
    "name": "Siti Contoh",
    "nik": "6311 0141 0795 9001",
    "birth_date": "1995-07-01",
    "sex": "P",
    "village": "63.11.06.1023",
    "education": "SMK",
    "phone": "0812-0000-1234",
    "login": "Siti.C",
    "password": PASSWORD,
    "language": "id",
    "consents": "yes",
}
CLAIM = {"nik": NIK, "certificate_number": NUMBER, "login": "siti", "password": PASSWORD, "language": "id"}
GUARDIAN = {"guardian_name": "Ibu Contoh", "guardian_relation": "ibu", "guardian_consents": "yes"}


def signs_in(visitor, login, password=PASSWORD):
    answer = visitor.post("/masuk", data={"login": login, "password": password}, headers=OURS)
    return answer.status_code == 303


def shown(answer):
    """Return what a visitor sees of an answer, without what they typed."""
    page = Page(answer)
    values = [{**tag, "value": None} for _, tag in page.tags]
    return answer.status_code, page.text, values
