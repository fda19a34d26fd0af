"""How well a person fits a requirement: pure numbers, exact, the same on every machine.

Sex, religion, ethnicity, age and name never enter: a person is here what they can do, prove and reach.
"""
