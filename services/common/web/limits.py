"""How often one may ask: each request is counted before it is answered, and beyond a limit the answer is 429.

* `arrive` counts it for its address, whoever it says it is: that is before a token is looked at.
* `check` counts it for the person or the partner's program that asks, and for what its route declares:

      @blp.route("", methods=["POST"])
      @access.allow(access.PUBLIC)
      @limits.at_most("10/minute", "100/day", per=limits.ADDRESS)

The general limits are counted in the memory of each process: it cannot fail, and several processes allow as much
each. They are generous, for an office of fifty has one address. Windows are fixed: around a turn one may use two.

An answer says what is left as draft-ietf-httpapi-ratelimit-headers-10 does (RateLimit-Policy and RateLimit).
"""

import math
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from typing import Any, TypeVar

from flask import Response, after_this_request, current_app, request
from limits import RateLimitItem, parse
from werkzeug.exceptions import TooManyRequests

from services.common import access
from services.common.web.counting import Counter, Found, Memory

View = TypeVar("View", bound=Callable[..., Any])
Whose = Callable[[], str | None]
HEALTH = frozenset({"livez", "readyz", "metrics"})
HOUSE = 64  # bits of an IPv6 address; the rest is one household's or office's to choose
ROUTE = "route"
ON = os.environ.get("LIMITS", "on") != "off"  # off: for benchmarks, and tests that sign in a thousand times
PER_CLIENT = os.environ.get("LIMIT_PER_CLIENT", "1200/minute")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of an app; those that are None do not exist.

    declared: what counts the limits of single routes. free: endpoints that nothing is counted at.
    """

    address: RateLimitItem | None = None
    person: RateLimitItem | None = None
    client: RateLimitItem | None = None
    free: Collection[str] = HEALTH
    general: Counter = field(default_factory=Memory)
    declared: Counter = field(default_factory=Memory)


def limit(said: str) -> RateLimitItem | None:
    """Return a limit from the words for it, `600/minute`; `off` is none."""
    return None if said == "off" else parse(said)


# What an app has that says nothing: a service, to which partners may come without the gateway. All others come through
# it, from its one address, and were counted there.
COARSE = Limits(client=limit(PER_CLIENT)) if ON else None


def at_most(*said: str, per: Whose) -> Callable[[View], View]:
    """Declare limits of a route, for whoever `per` names. Goes under the route's decorator; several may stand."""

    def declare(view: View) -> View:
        declared = [(parse(each), per) for each in said]
        view.limits = (*declared, *getattr(view, "limits", ()))  # type: ignore[attr-defined]
        return view

    return declare


def ADDRESS() -> str:  # noqa: N802 (it stands where a constant would)
    """Return the address that asks; of IPv6 the network."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:  # a socket of this machine
        return request.remote_addr or ""
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Address(int(found) >> HOUSE << HOUSE))


def ACTOR() -> str:  # noqa: N802
    """Return who asks; the address of whoever did not sign in."""
    asker = access.actor()
    return ADDRESS() if asker is access.NOBODY else asker.id


def said(name: str) -> Whose:
    """Return what the form or the JSON says under a name: `per=limits.said("login")`. Nothing said is not counted."""

    def whose() -> str | None:
        form: Any = request.get_json(silent=True) if request.is_json else request.form
        found = form.get(name) if isinstance(form, Mapping) else None
        return found.strip().casefold() if isinstance(found, str) and found.strip() else None

    whose.__name__ = name
    return whose


def arrive() -> None:
    """Count the request for its address; before anything else is done with it."""
    limits = _limits()
    if limits and limits.address:
        _hold("address", limits.address, limits.general.count(limits.address, ADDRESS()))


def check() -> None:
    """Count it for whoever asks, and for its route; once it is known who asks."""
    limits = _limits()
    if not limits:
        return
    asker = access.actor()
    kind, general = ("client", limits.client) if asker.role == access.PARTNER else ("person", limits.person)
    if general and asker is not access.NOBODY:
        _tell(kind, general, _hold(kind, general, limits.general.count(general, asker.id)))
    view = current_app.view_functions.get(request.endpoint or "")
    for declared, per in getattr(view, "limits", ()):
        if (whose := per()) is not None:
            who = f"{request.endpoint} {per.__name__} {whose}"
            _hold(ROUTE, declared, limits.declared.count(declared, who))


def _limits() -> Limits | None:
    found: Limits | None = current_app.extensions.get("limits", COARSE) or None
    return None if found is None or request.endpoint in found.free else found


def _hold(name: str, general: RateLimitItem, found: Found) -> Found:
    """:raises TooManyRequests: nothing is left."""
    if found.left < 0:
        _tell(name, general, found)
        raise TooManyRequests(retry_after=math.ceil(found.turns_in))
    return found


def _tell(name: str, general: RateLimitItem, found: Found) -> None:
    """Say in the answer what is left."""

    @after_this_request
    def add(response: Response) -> Response:
        response.headers["RateLimit-Policy"] = f'"{name}";q={general.amount};w={general.get_expiry()}'
        response.headers["RateLimit"] = f'"{name}";r={max(0, found.left)};t={math.ceil(found.turns_in)}'
        return response
