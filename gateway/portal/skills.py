"""`/keterampilan`: texts of which nobody is sure which skill they mean, the most frequent first."""

import time
from typing import Any
from urllib.parse import urlencode

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from gateway.portal import asking, visit
from services.common.access import PUBLIC, allow

REVIEWS, FOUND = 10, 10  # a page
FRESH_S = 600.0  # labels change with the taxonomy alone

skills = visit.inside("skills")
_known: dict[str, Any] = {"at": -FRESH_S, "labels": {}}


@skills.get("/keterampilan")
@allow(PUBLIC)
def list_all() -> str:
    """Show the texts that wait."""
    page = asking.read("/v1/skill-reviews", limit=REVIEWS, cursor=request.args.get("cursor"))
    return render_template("reviews.html", reviews=page.body, cursor=page.cursor, labels=_labels())


@skills.get("/keterampilan/<review_id>")
@allow(PUBLIC)
def show(review_id: str) -> str:
    """Show one text, and the skills that some words find."""
    review = asking.read(f"/v1/skill-reviews/{asking.part(review_id)}").body
    words = request.args.get("q", "").strip()[:100]
    found = asking.read("/v1/skills", q=words, limit=FOUND).body if words else []
    return render_template("review.html", review=review, words=words, found=found, labels=_labels())


@skills.post("/keterampilan/<review_id>")
@allow(PUBLIC)
def decide(review_id: str) -> ResponseReturnValue:
    """Say which skill a text means; "": none."""
    skill = request.form.get("skill") or None
    asking.send("POST", f"/v1/skill-reviews/{asking.part(review_id)}/decision", {"skill": skill})
    asked = {"cursor": request.form.get("cursor"), "done": "skill" if skill else "none"}
    return redirect(f"/keterampilan?{urlencode({name: value for name, value in asked.items() if value})}", 303)


def _labels() -> dict[str, str]:
    """Return the skills' labels in the visitor's language, by id."""
    if time.monotonic() - _known["at"] > FRESH_S:
        labels = {each["id"]: {"id": each["label_id"], "en": each["label_en"]} for each in asking.each("/v1/skills")}
        _known.update(at=time.monotonic(), labels=labels)
    return {id_: said[visit.language()] for id_, said in _known["labels"].items()}
