"""The demo regency: people, institutions, employers and vacancies, all of them invented.

The people come as spreadsheets of their institutions, which never change; the days of vacancies are counted from
the day it is asked for. Only the places are real.
"""
