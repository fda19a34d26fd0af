"""Owns skills, workers, institutions, programmes, certificates and intakes: who can work, and what proves it.

Tells: skill, worker, certificate issued. Hears: nothing yet.
"""
