"""The search for the best: integers from tables, added block by block; it knows no skill, no person and no rule.

* `index`: people as arrays, ordered by district and cut into blocks; `building` makes them.
* `query`: what is asked, as tables of whole numbers.
* `plan`: how to look: drive from the shortest lists, or add all of them up.
* `filters`, `dense`: the two ways of finding rows that may be among the best.
* `exact`: the score of a row, and whether it may be shown at all.
* `heap`: the k best so far, and who is offered to them.
* `search`: all of it together.
* `delta`: people who changed since the index was built.
* `census`: how many there are, and how many more without a condition.
* `engine`: the promise: `Engine.top(query, limit)`, with changes, and threads.
* `compiled`: numba.
"""
