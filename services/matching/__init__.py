"""Owns profiles, demands and matches: who fits what, why, and what is missing.

Tells: nothing yet. Hears: skill, worker (registry), vacancy (vacancies), membership, client (gateway).
"""
