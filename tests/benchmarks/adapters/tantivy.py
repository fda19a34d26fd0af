"""tantivy: a document a person; what a skill adds is a clause of constant score.

The level of a skill is part of a term: `exact` has the one that somebody has, `reached` it and those below.
A certificate and its last day are one number, so that whether it holds is a range. Of equals the first document comes
first: the order of ids until documents change.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import tantivy
from tantivy import Document, FieldType, Occur, Query, SchemaBuilder

from tests.benchmarks.adapters import Answer, Base
from tests.benchmarks.matching.data import Data
from tests.benchmarks.matching.vacancies import LEVELS, Vac
from tests.benchmarks.matching.world import BANDS

TERMS = ("exact", "reached", "schooling", "district")
DAYS = 100_000  # more than there are, so that a certificate's number and a day make one
BUILDING, CHANGING = 1_000_000_000, 100_000_000  # bytes to write in


class Adapter(Base):
    def build(self, d: Data) -> None:
        schema = SchemaBuilder()
        schema.add_unsigned_field("id", indexed=True, fast=True)
        schema.add_unsigned_field("certified", indexed=True, fast=True)
        for name in TERMS:
            schema.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
        self.schema, self.folder, self.people = schema.build(), Path(self.workdir) / "index", d
        self.folder.mkdir()
        self.index = tantivy.Index(self.schema, path=str(self.folder))
        writer = self.index.writer(BUILDING, 1)
        for wid in range(d.n):
            writer.add_document(self._document(wid, *d.skills_of(wid)))
        writer.commit()
        writer.wait_merging_threads()
        self.changes: tantivy.IndexWriter | None = None
        self.in_child()

    def in_child(self) -> "Adapter":
        self.index.reload()
        self.searcher = self.index.searcher()
        return self

    def query(self, v: Vac, k: int = 100) -> Answer:
        hits = self.searcher.search(self._query(v), limit=k, count=False).hits
        if not hits:
            return [], np.empty(0)
        ids = self.searcher.fast_field_values("id", [address for _, address in hits])
        return ids, v.score(np.array([score for score, _ in hits]) + 3 * v.sumw)

    def update(self, wid: int, skills: Sequence[int], levels: Sequence[int]) -> None:
        self.changes = self.changes or self.index.writer(CHANGING, 1)
        self.changes.delete_documents("id", wid)
        self.changes.add_document(self._document(wid, skills, levels))
        self.changes.commit()
        self.in_child()

    def _document(self, wid: int, skills: Sequence[int], levels: Sequence[int]) -> Document:
        people, document = self.people, Document()
        held = list(zip(skills, levels, strict=True))
        document.add_unsigned("id", wid)
        document.add_text("exact", " ".join(f"{skill}-{level}" for skill, level in held))
        document.add_text("reached", " ".join(f"{skill}-{to}" for skill, level in held for to in range(1, level + 1)))
        document.add_text("district", str(people.district[wid]))
        if people.avail[wid]:
            document.add_text("schooling", " ".join(map(str, range(1, int(people.edu[wid]) + 1))))
        proven = slice(people.cindptr[wid], people.cindptr[wid + 1])
        for cert, end in zip(people.ce[proven].tolist(), people.ex[proven].tolist(), strict=True):
            document.add_unsigned("certified", cert * DAYS + end)
        return document

    def _query(self, v: Vac) -> Query:
        """Return musts, that give nothing, and what gives something; nearness above that of the farthest."""
        musts = [self._term("schooling", str(v.min_edu))]
        musts += [self._term("reached", f"{skill}-{level}") for skill, level in v.must_skills]
        musts += [self._certified(cert, v.start) for cert in v.certs]
        clauses = [(Occur.Must, Query.const_score_query(must, 0.0)) for must in musts]
        for skill, gives in zip(v.skills, v.contrib, strict=True):
            for level in range(1, LEVELS + 1):
                term = self._term("exact", f"{skill}-{level}")
                clauses.append((Occur.Should, Query.const_score_query(term, float(gives[level]))))
        for _, tenths in BANDS:
            districts = [str(each) for each in np.flatnonzero(v.bonus == 3 * v.sumw * tenths)]
            if districts:
                near = Query.term_set_query(self.schema, "district", districts)
                clauses.append((Occur.Should, Query.const_score_query(near, 3.0 * v.sumw * (tenths - 1))))
        return Query.boolean_query(clauses)

    def _term(self, name: str, value: str) -> Query:
        return Query.term_query(self.schema, name, value, "basic")

    def _certified(self, cert: int, start: int) -> Query:
        first, last = cert * DAYS + start, (cert + 1) * DAYS - 1
        kind = FieldType.Unsigned
        return Query.range_query(self.schema, "certified", kind, first, last, use_inverted_index=True)
