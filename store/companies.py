"""Companies with their numbers and the institutes they bar. A merged record stays, and points to the one it is of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, and_, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from calls.telephone_number import TelephoneNumber
from directory.model import InstituteCode
from store import tables
from store.case_tables import companies, company_numbers, do_not_route
from store.inserts import insert_if_new
from store.locking import locked
from tickets.business_number import BusinessNumber
from tickets.company import Company, identifying, name_key
from tickets.ticket import CompanyId

_STANDING = companies.c.merged_into.is_(None)
_BARRED = select(do_not_route.c.institute).where(
    or_(
        do_not_route.c.company_id.in_(
            select(company_numbers.c.company_id).where(company_numbers.c.national == bindparam("national"))
        ),
        do_not_route.c.company_id == bindparam("of_company"),
    )
)


@dataclass(frozen=True)
class StoredCompanies:
    connection: Connection

    def add(self, name: str, business_number: BusinessNumber | None, by: str, at: datetime) -> CompanyId | None:
        kind = sqlite if self.connection.dialect.name == "sqlite" else postgresql
        row = {"name": name, "name_key": name_key(name), "business_number": business_number}
        added = self.connection.scalar(
            kind.insert(companies)
            .values(made_by=by, made_at=at, **row)
            .on_conflict_do_nothing(index_elements=["business_number"])
            .returning(companies.c.id)
        )
        return None if added is None else CompanyId(added)

    def get(self, company_id: CompanyId) -> Company | None:
        """Return the record, locked for whoever may write it."""
        self.connection.execute(locked(self.connection, select(companies.c.id).where(companies.c.id == company_id)))
        return self._first(companies.c.id == company_id)

    def of_business_number(self, number: BusinessNumber) -> Company | None:
        return self._first(companies.c.business_number == number)

    def of_number(self, national: str) -> Sequence[Company]:
        mine = select(company_numbers.c.company_id).where(company_numbers.c.national == national)
        return self._all(companies.c.id.in_(mine), _STANDING)

    def resembling(self, name: str, numbers: Sequence[str]) -> Sequence[Company]:
        """Return the standing records that share a pair of letters with a name, or one of these numbers."""
        key = name_key(name)
        pairs = {key[at : at + 2] for at in range(max(len(key) - 1, 1))} - {""}
        theirs = select(company_numbers.c.company_id).where(company_numbers.c.national.in_(numbers))
        like = [companies.c.name_key.contains(pair, autoescape=True) for pair in sorted(pairs)]
        return self._all(or_(companies.c.id.in_(theirs), *like), _STANDING)

    def keep(self, company: Company) -> None:
        """Write name, business number and team; numbers, barred institutes and merging have ways of their own."""
        self.connection.execute(
            update(companies)
            .where(companies.c.id == company.id)
            .values(
                name=company.name,
                name_key=name_key(company.name),
                business_number=company.business_number,
                team=company.team,
            )
        )

    def add_number(self, company_id: CompanyId, national: str, by: str, at: datetime) -> bool:
        row = {"company_id": company_id, "national": national, "added_at": at, "added_by": by}
        return insert_if_new(self.connection, company_numbers, row)

    def remove_number(self, company_id: CompanyId, national: str) -> bool:
        mine = and_(company_numbers.c.company_id == company_id, company_numbers.c.national == national)
        return self.connection.execute(delete(company_numbers).where(mine)).rowcount == 1

    def bar(self, company_id: CompanyId, institute: InstituteCode, reason: str, by: str, at: datetime) -> bool:
        row = {"company_id": company_id, "institute": institute, "reason": reason, "added_at": at, "added_by": by}
        return insert_if_new(self.connection, do_not_route, row)

    def unbar(self, company_id: CompanyId, institute: InstituteCode) -> bool:
        one = and_(do_not_route.c.company_id == company_id, do_not_route.c.institute == institute)
        return self.connection.execute(delete(do_not_route).where(one)).rowcount == 1

    def merge(self, gone: Company, into: Company) -> bool:
        """Let one record stand for both: it takes over numbers, barred institutes and cases."""
        merged = self.connection.execute(
            update(companies)
            .where(companies.c.id == gone.id, _STANDING)
            .values(merged_into=into.id, business_number=None)
        )
        if merged.rowcount != 1:
            return False
        for table, key in ((company_numbers, "national"), (do_not_route, "institute")):
            theirs = select(table.c[key]).where(table.c.company_id == into.id)
            self.connection.execute(
                update(table)
                .where(table.c.company_id == gone.id, table.c[key].not_in(theirs.scalar_subquery()))
                .values(company_id=into.id)
            )
            self.connection.execute(delete(table).where(table.c.company_id == gone.id))
        self.connection.execute(update(companies).where(companies.c.merged_into == gone.id).values(merged_into=into.id))
        self.connection.execute(
            update(tables.tickets).where(tables.tickets.c.company_id == gone.id).values(company_id=into.id)
        )
        return True

    def do_not_route(self, number: TelephoneNumber, company_id: CompanyId | None = None) -> frozenset[InstituteCode]:
        barred = self.connection.scalars(_BARRED, {"national": identifying(number), "of_company": company_id})
        return frozenset(map(InstituteCode, barred))

    def _first(self, condition: Any) -> Company | None:
        found = self._all(condition)
        return found[0] if found else None

    def _all(self, *conditions: Any) -> list[Company]:
        rows = self.connection.execute(select(companies).where(*conditions).order_by(companies.c.id)).all()
        theirs = select(companies.c.id).where(*conditions)
        numbers: dict[int, list[str]] = {}
        for one in self._beside(company_numbers, "national", theirs):
            numbers.setdefault(one.company_id, []).append(one.national)
        barred: dict[int, dict[InstituteCode, str]] = {}
        for one in self._beside(do_not_route, "institute", theirs):
            barred.setdefault(one.company_id, {})[InstituteCode(one.institute)] = one.reason
        return [_company(row, tuple(numbers.get(row.id, ())), barred.get(row.id, {})) for row in rows]

    def _beside(self, table: Table, order: str, of: Select[Any]) -> Sequence[Row[Any]]:
        return self.connection.execute(select(table).where(table.c.company_id.in_(of)).order_by(table.c[order])).all()


def _company(row: Row[Any], numbers: tuple[str, ...], barred: dict[InstituteCode, str]) -> Company:
    return Company(
        id=CompanyId(row.id),
        name=row.name,
        business_number=None if row.business_number is None else BusinessNumber(row.business_number),
        team=row.team,
        merged_into=None if row.merged_into is None else CompanyId(row.merged_into),
        numbers=numbers,
        do_not_route=barred,
    )
