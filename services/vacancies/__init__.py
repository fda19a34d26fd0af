"""Owns employers and vacancies ("Lamar Begawi"): who offers work, and what became of it.

Tells: vacancy, employer verified and suspended. Hears: skill, of which it keeps a copy; membership, client (gateway).
"""
