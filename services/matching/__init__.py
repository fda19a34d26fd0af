"""Owns profiles, demands and matches: who fits what, why, and what is missing.

Tells: vacancy.recommended. Hears: skill, worker, programme, batch (registry), vacancy (vacancies), membership, client
(gateway).
"""
