"""What is asked, in tables of whole numbers."""

from typing import NamedTuple

from services.matching.engine.core.arrays import I32, U8, U16, Array

NEEDS = 63  # skills that may be asked for at once


class Query(NamedTuple):
    """A requirement as the kernels read it.

    A term is a skill that counts for one of those asked for: itself, or related to it. A need gets the most that any
    of its terms gives. Terms stand in ascending order of their skills.

    skills, needs: of each term the skill, and which of those asked for it counts for, from 0.
    credits: of each term by code what it adds to the score; a better code never gives less.
    meets: of each term a bit for every code that meets a must-have; 0 where nothing is a must.
    certs: skills that have to be proven on the day `start`.
    nearness: by district what it adds to the score.
    wanted: the flags that a row must have. place: the district of the work. employer: the key by which people hide
    from it, 0: none. wage: the most that is paid, in rupiah a month; what nobody knows is 0xFFFFFFFF.
    salt: stirs the ties. size: how many needs there are. must: a bit for each need that is a must-have.
    """

    skills: Array[I32]
    needs: Array[U8]
    credits: Array[U16]
    meets: Array[U16]
    certs: Array[I32]
    nearness: Array[I32]
    wanted: int
    start: int
    place: int
    employer: int
    wage: int
    salt: int
    size: int
    must: int
