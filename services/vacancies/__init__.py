"""Owns employers and vacancies ("Lamar Begawi"): who offers work, and what became of it.

Tells: vacancy. Hears: skill, of which it keeps a copy.
"""
