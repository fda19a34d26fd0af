"""The vacancies' database; no other service opens it."""

from services.common.mongo import Database

database = Database("vacancies")
