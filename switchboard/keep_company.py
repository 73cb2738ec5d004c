"""A company's record is made, changed and merged with another, always by a person and with a record of whom."""

from dataclasses import replace

from agents.rights import Act
from calls.telephone_number import read_number
from directory.model import AgentId, InstituteCode
from records.record import Record
from switchboard.acting import acting
from switchboard.doors import Work
from switchboard.house import House, log
from tickets.business_number import looks_like_business_number, read_business_number
from tickets.company import LONGEST_NAME, Company, Maybe, alike, check_may_merge, identifying, maybe_same
from tickets.ticket import CompanyId
from tickets.written import CaseError, written


def add_company(house: House, name: str, by: AgentId, business_number: str | None = None) -> Company:
    """Make a record. Raises CaseError when another has this business number, or the number is none."""
    registered = read_business_number(business_number) if business_number else None
    with acting(house, by, Act.KEEP_COMPANY) as work:
        added = work.companies.add(written("name", name, LONGEST_NAME), registered, by, house.now())
        if added is None:
            holder = work.companies.of_business_number(registered) if registered else None
            raise CaseError(f"business number {business_number}: it is company {holder.id if holder else '?'}'s")
        _record(house, work, "company.added", by, added, business_number=registered)
        return known_company(work, added)


def change_company(
    house: House,
    company_id: CompanyId,
    by: AgentId,
    *,
    name: str | None = None,
    business_number: str | None = None,
    team: str | None = None,
) -> Company:
    """Change what is given of a record."""
    with acting(house, by, Act.KEEP_COMPANY) as work:
        company = known_company(work, company_id)
        changed = replace(
            company,
            name=company.name if name is None else written("name", name, LONGEST_NAME),
            business_number=read_business_number(business_number) if business_number else company.business_number,
            team=company.team if team is None else written("team", team, LONGEST_NAME),
        )
        holder = work.companies.of_business_number(changed.business_number) if changed.business_number else None
        if holder is not None and holder.id != company_id:
            raise CaseError(f"business number {business_number}: it is company {holder.id}'s")
        work.companies.keep(changed)
        told = {"name": name, "business_number": business_number and changed.business_number, "team": team}
        _record(house, work, "company.changed", by, company_id, **told)
        return changed


def add_number(house: House, company_id: CompanyId, by: AgentId, number: str) -> Company:
    """Add a telephone number of a company. It may be another company's too: both are shown as maybe one."""
    with acting(house, by, Act.KEEP_COMPANY) as work:
        known_company(work, company_id)
        if not work.companies.add_number(company_id, _national(house, number), by, house.now()):
            raise CaseError(f"number {number}: it is company {company_id}'s already")
        _record(house, work, "company.number_added", by, company_id)
        return known_company(work, company_id)


def remove_number(house: House, company_id: CompanyId, by: AgentId, number: str) -> Company:
    with acting(house, by, Act.KEEP_COMPANY) as work:
        known_company(work, company_id)
        if not work.companies.remove_number(company_id, _national(house, number)):
            raise CaseError(f"number {number}: it is none of company {company_id}'s")
        _record(house, work, "company.number_removed", by, company_id)
        return known_company(work, company_id)


def bar_institute(house: House, company_id: CompanyId, by: AgentId, institute: InstituteCode, reason: str) -> Company:
    """Never route this company's calls and cases to an institute again."""
    if institute not in house.directory.institutes:
        raise CaseError(f'institute "{institute}" is not known (expected one such as KITECH)')
    with acting(house, by, Act.KEEP_COMPANY) as work:
        known_company(work, company_id)
        if not work.companies.bar(company_id, institute, written("reason", reason), by, house.now()):
            raise CaseError(f"{institute} is on the do-not-route list of company {company_id} already")
        _record(house, work, "company.institute_barred", by, company_id, institute=institute)
        return known_company(work, company_id)


def unbar_institute(house: House, company_id: CompanyId, by: AgentId, institute: InstituteCode) -> Company:
    with acting(house, by, Act.KEEP_COMPANY) as work:
        known_company(work, company_id)
        if not work.companies.unbar(company_id, institute):
            raise CaseError(f'"{institute}" is not on the do-not-route list of company {company_id}')
        _record(house, work, "company.institute_unbarred", by, company_id, institute=institute)
        return known_company(work, company_id)


def merge_companies(house: House, gone: CompanyId, into: CompanyId, by: AgentId) -> Company:
    """Say that two records are of one company: the second takes over what the first has."""
    with acting(house, by, Act.KEEP_COMPANY) as work:
        found = {company_id: any_company(work, company_id) for company_id in sorted({gone, into})}
        check_may_merge(found[gone], found[into])
        work.companies.merge(found[gone], found[into])
        if found[into].business_number is None or found[into].team is None:
            heir = replace(
                found[into],
                business_number=found[into].business_number or found[gone].business_number,
                team=found[into].team or found[gone].team,
            )
            work.companies.keep(heir)
        _record(house, work, "company.merged", by, into, gone=gone, numbers=len(found[gone].numbers))
        return known_company(work, into)


def find_companies(house: House, words: str) -> list[Company]:
    """Return the records that a business number, a telephone number or a name may mean, the likeliest first."""
    asked = written("name", words, LONGEST_NAME)
    national = identifying(read_number(asked, house.directory.region_by_area_code))
    with house.store.reading() as work:
        if looks_like_business_number(asked):
            holder = work.companies.of_business_number(read_business_number(asked))
            return [holder] if holder else []
        if national:
            return list(work.companies.of_number(national))
        return alike(asked, work.companies.resembling(asked, ()))


def maybe_of(work: Work, company: Company) -> list[Maybe]:
    """Return the records that may be of the same company."""
    return maybe_same(company, work.companies.resembling(company.name, company.numbers))


def known_company(work: Work, company_id: CompanyId) -> Company:
    """Return a standing record, locked, or raise CaseError."""
    company = any_company(work, company_id)
    if company.merged_into is not None:
        raise CaseError(f"company {company_id} was merged into {company.merged_into}")
    return company


def any_company(work: Work, company_id: CompanyId) -> Company:
    company = work.companies.get(company_id)
    if company is None:
        raise CaseError(f"there is no company {company_id}")
    return company


def _national(house: House, number: str) -> str:
    national = identifying(read_number(number, house.directory.region_by_area_code))
    if national is None:
        raise CaseError(f'number "{number}": expected a company\'s own, such as 031-780-1234')
    return national


def _record(house: House, work: Work, kind: str, by: AgentId, company: CompanyId, **fields: object) -> None:
    told = {name: value for name, value in fields.items() if value is not None}
    work.records.append(Record(kind, house.now(), agent=by, fields={"company": company, **told}))
    log.info(kind, company=company, by=by)
