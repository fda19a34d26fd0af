"""Owns accounts, sessions, signing keys, notices and the portal: the one door to the services, without a domain rule.

Tells: membership, client.
Hears: certificate issued and revoked, enrolment moved, intake finished, employer verified and suspended, vacancy
recommended.
"""
