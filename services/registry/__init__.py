"""Owns skills, workers, institutions, programmes, certificates and intakes: who can work, and what proves it.

Tells: skill, worker, programme, batch, certificate issued and revoked, enrolment moved, intake finished.
Hears: membership, client (gateway).
"""
