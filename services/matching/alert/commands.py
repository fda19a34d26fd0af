"""People are told of vacancies that fit them: when a vacancy comes, and when they come or change."""

from services import events
from services.common import outbox
from services.common.mongo import Tx
from services.matching.alert import model, store
from services.matching.demand import store as demands
from services.matching.demand.model import Demand, VacancyUnknown
from services.matching.match import commands as matches
from services.matching.match import model as match
from services.matching.pool.store import PEOPLE
from services.matching.profile import store as profiles
from services.reference import clock

PEOPLE_AT_A_TIME = 50


def tell_of_vacancies(tx: Tx) -> int:
    """Tell whoever fits best of the next vacancy that came or changed; return how many were looked at: 1 or 0."""
    news = store.since(tx)
    if news is None or not PEOPLE.is_loaded():
        return 0  # this comes again in a moment
    for waiting in store.waiting(tx, store.VACANCIES, 1, news):
        store.done(tx, store.VACANCIES, waiting)
        try:
            demand = demands.get(tx, waiting.id)
        except VacancyUnknown:
            return 1
        if demand.is_open(clock.today()):
            _tell_of(tx, demand)
        return 1
    return 0


def tell_people(tx: Tx) -> int:
    """Tell some of the people who came or changed of open vacancies; return how many people were looked at."""
    news = store.since(tx)
    if news is None:
        store.begin(tx)
        return 0
    waiting = store.waiting(tx, store.WORKERS, PEOPLE_AT_A_TIME, news)
    if not waiting:
        return 0
    known = profiles.of_ids(tx, [each.id for each in waiting])
    lately = store.lately(tx, known)
    open_now = [(demand, matches.scale_of(tx, demand.requirement)) for demand in demands.open_on(tx, clock.today())]
    for each in waiting:
        store.done(tx, store.WORKERS, each)
        if each.id in known:
            found = match.openings(known[each.id].person, known[each.id].version, open_now)
            told = store.vacancies_told(tx, each.id) if found else set()
            for fitting in model.of_interest(found, told=told, lately=lately.get(each.id, 0)):
                if fitting.demand:
                    _tell(tx, each.id, fitting.demand)
    return len(waiting)


def _tell_of(tx: Tx, demand: Demand) -> None:
    told = store.told_of(tx, demand.id)
    room = model.room(demand.positions, len(told))
    if not room:
        return
    ranked = PEOPLE.pool().top(matches.scale_of(tx, demand.requirement), model.AT_MOST * model.LOOKED_AT)
    lately = store.lately(tx, [each.id for each in ranked])
    for worker_id in model.to_tell(ranked, room=room, told=told, lately=lately):
        _tell(tx, worker_id, demand)


def _tell(tx: Tx, worker_id: str, demand: Demand) -> None:
    store.insert(tx, worker_id=worker_id, vacancy_id=demand.id)
    named = {"title": demand.title, "employer_name": demand.employer_name}
    outbox.tell(tx, events.VacancyRecommended, worker_id=worker_id, vacancy_id=demand.id, **named)
