"""The matching engine beside what one would take instead, on the same people, in one run: only ratios mean anything.

    make bench PARTS=matching                   this part of the bench alone
    python -m tests.benchmarks matching         the same; it starts the servers that it needs, and ends them

The environment says more: BENCH_PEOPLE (100,000), BENCH_SEED (7), BENCH_CONTENDERS (all; for ten million people
begawi,begawi_full).

* `world`, `people`, `vacancies`, `data`: what is drawn, by seed; `full` makes of it what the full score knows.
* `reference`, `full_reference`: the true answers. Who does not give them is left out, and named.
* `tests.benchmarks.adapters`: the contenders; `worker` and `contender`: the two ends of a contender's process.
* `run`: all in turn, in rounds, each within the same time. `report`, `goals`: what it found.
* `engine`, `start`, `limit`: our engine alone, its start, and what the memory allows at best.
"""
