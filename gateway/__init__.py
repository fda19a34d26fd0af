"""Owns accounts, sessions, signing keys, notices and the portal: the one door to the services, without a domain rule.

Tells: nothing yet.
Hears: certificate issued and revoked, enrolment moved, intake finished, employer verified and suspended.
"""
