"""The demo regency: people, institutions, employers and vacancies, all of them invented.

Who somebody is never changes; the days of certificates and vacancies are counted from the day it is asked for,
so that the demo does not grow old. Only the places are real.
"""
