"""How well the score ranks, beside plain ways to rank: on people and vacancies that are made by seed."""
