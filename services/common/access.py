"""Who may call a route: declared on each, checked before each; nothing declared, nobody."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from flask import current_app, g, request
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized

from services.common import acts
from services.common.errors import Missing
from services.common.tokens import NOBODY, PARTNER, PUBLIC, Actor, Verifier

__all__ = ["NOBODY", "PARTNER", "PUBLIC", "Actor", "actor", "allow", "check", "doing", "in_body"]

View = TypeVar("View", bound=Callable[..., Any])
VIEWER = "viewer"
RELATIONS = {"worker": "self", "employer": "own", "institution": "own", PARTNER: "own"}
PARTIES = ("employer:own", "institution:own", "partner:own")
SAFE = {"GET", "HEAD", "OPTIONS"}


def allow(*who: str, owner: Callable[..., str | None] | None = None, bearer: bool = True) -> Callable[[View], View]:
    """Declare who may call a route. Goes under the route's decorator.

    :param who: roles (`officer`), relations (`worker:self`, `employer:own`, `institution:own`, `partner:own`), what a
        partner's program needs (`partner:vacancies.write`; where a relation stands beside it, it must be its
        party's too), or `public`.
    :param owner: given the route's arguments, whose it is that a relation asks for; by default
        the route's argument `worker_id`, `employer_id` or `institution_id`.
    :param bearer: False where Authorization says something else than a token.
    """

    def declare(view: View) -> View:
        view.allowed, view.owner, view.bearer = who, owner, bearer  # type: ignore[attr-defined]
        security: list[dict[str, list[str]]] = [] if PUBLIC in who else [{"bearer": []}]
        documented = {"manual_doc": {"x-allowed": list(who), "security": security}}
        view._apidoc = getattr(view, "_apidoc", {}) | documented  # type: ignore[attr-defined] # noqa: SLF001 (flask-smorest's own way)
        return view

    return declare


def in_body(name: str) -> Callable[..., str | None]:
    """Return an `owner` for `allow`: the request's body says whose it is."""

    def owner(**_: str) -> str | None:
        body = request.get_json(silent=True)
        found = body.get(name) if isinstance(body, dict) else None
        if found != actor().own:
            raise Forbidden
        return found

    return owner


def actor() -> Actor:
    """Return who asks."""
    found: Actor = g.actor
    return found


def doing(asker: Actor) -> Mapping[str, Any]:
    """Return what somebody does with this request, and for whom, if that is somebody else; as `acts.bind` takes it."""
    subject = {name: str(value) for name, value in (request.view_args or {}).items()}
    others = {kind: subject[f"{kind}_id"] for kind in RELATIONS if f"{kind}_id" in subject and asker.kind != kind}
    said = {"actor": asker.id, "role": asker.role, "session": asker.session, "subject": subject, "for": others}
    return said | {"act": f"{request.method} {request.url_rule.rule if request.url_rule else ''}"}


def check(service: str) -> None:
    """Refuse the request unless its route allows whoever asks; before each request."""
    acts.bind(None)
    view = current_app.view_functions.get(request.endpoint or "")
    g.actor = NOBODY
    if view is None:
        return
    g.actor = _actor(service) if getattr(view, "bearer", True) else NOBODY
    _admit(g.actor, getattr(view, "allowed", ()), getattr(view, "owner", None))
    acts.bind(doing(g.actor))


def _admit(asker: Actor, allowed: Collection[str], owner: Callable[..., str | None] | None) -> None:
    if PUBLIC in allowed or asker.role in allowed:
        return
    if asker is NOBODY:
        raise Unauthorized
    relation = _relation(asker, allowed)
    if relation is None or (asker.team == VIEWER and request.method not in SAFE):
        raise Forbidden
    if relation and not _owns(owner or (lambda **found: found.get(f"{asker.kind}_id"))):
        raise NotFound


def _relation(asker: Actor, allowed: Collection[str]) -> str | None:
    """Return by which relation the route may be for whoever asks: "" if by none, since a scope suffices."""
    relation = f"{asker.role}:{RELATIONS.get(asker.role)}"
    if asker.role == PARTNER and any(f"{PARTNER}:{scope}" in allowed for scope in asker.scopes):
        if not any(each in allowed for each in PARTIES):
            return ""
        relation = f"{asker.party}:own"
    return relation if relation in allowed else None


def _owns(find: Callable[..., str | None]) -> bool:
    """Tell whether it is whoever asks that owns it; what does not exist is nobody's, and answered alike."""
    try:
        owner = find(**(request.view_args or {}))
    except Missing:
        return False
    return owner is not None and owner == actor().own


def _actor(service: str) -> Actor:
    said = request.headers.get("Authorization")
    if said is None:
        return NOBODY
    scheme, _, token = said.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthorized
    verifier: Verifier = current_app.extensions["verifier"]
    found, issued_at = verifier.actor(service, token)
    if not current_app.extensions["watch"].holds({found.id, found.session or found.id}, issued_at):
        raise Unauthorized
    return found
