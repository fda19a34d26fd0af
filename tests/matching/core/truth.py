"""The answers as the docstrings of the core say them: looked for one by one."""

from services.matching.engine.core.index import ASKING, LEVELS


def best(engine, asked, limit=10):
    """Return what the engine finds, as `truth` says it."""
    numbers, scores = engine.top(asked, limit)
    return list(zip(numbers.tolist(), scores.tolist(), strict=True))


def truth(many, asked, limit):
    """Return the numbers and scores of the best, looked for one by one."""
    found = []
    for number, one in enumerate(many):
        total, is_met = score(one, asked)
        if is_met and may(one, asked):
            found.append((-total, -(one.tie ^ asked.salt), number))
    return [(number, -total) for total, _, number in sorted(found)[:limit]]


def score(one, asked):
    most = [0] * asked.size
    for skill, need, gives in zip(asked.skills, asked.needs, asked.credits, strict=True):
        if int(skill) in one.held:
            most[need] = max(most[need], int(gives[code_on(one, int(skill), asked.start)]))
    needed = {need for need in range(asked.size) if asked.must >> need & 1}
    return sum(most) + int(asked.nearness[one.district]), needed <= musts_met(one, asked)


def musts_met(one, asked):
    """Return the needs that are met, of those that are must-haves: whatever proves it, the level counts."""
    terms = zip(asked.skills.tolist(), asked.needs.tolist(), asked.meets.tolist(), strict=True)
    return {need for skill, need, mask in terms if skill in one.held and mask >> one.held[skill][1] & 1}


def code_on(one, skill, day):
    lower, code_ = one.held[skill]
    if lower == code_:
        return code_
    began = [(first, last) for proven, first, last in one.proofs if proven == skill and first <= day]
    if any(day <= last for _, last in began):
        return code_
    return max(lower, code_ - LEVELS) if began else lower


def may(one, asked):
    free_from, wage, districts, hidden = one.asks if one.flags & ASKING else (0, 0, (), ())
    return (
        one.flags & asked.wanted == asked.wanted
        and all(certified(one, cert, asked.start) for cert in asked.certs.tolist())
        and free_from <= asked.start
        and wage <= asked.wage
        and (not districts or asked.place in districts)
        and asked.employer not in hidden
    )


def certified(one, cert, day):
    return any(skill == cert and first <= day <= last for skill, first, last in one.proofs)
