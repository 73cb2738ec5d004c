"""What a caller may want of the line."""

from enum import StrEnum


class Category(StrEnum):
    """The five services in the source's order, and the wish for a person."""

    TECHNICAL_DIFFICULTY = "technical_difficulty"
    DATABASE_ACCESS = "database_access"
    PERSONNEL_EXCHANGE = "personnel_exchange"
    INFORMATION = "information"
    TECHNOLOGY_TRANSFER = "technology_transfer"
    OPERATOR = "operator"
