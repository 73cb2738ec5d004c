"""A calling number in the columns that calls and tickets share."""

from typing import Any

from sqlalchemy import Row

from calls.telephone_number import E164, Confidence, NumberKind, TelephoneNumber
from directory.model import RegionCode


def caller_values(number: TelephoneNumber) -> dict[str, Any]:
    return {
        "caller_raw": number.raw,
        "caller_e164": number.e164,
        "caller_national": number.national,
        "caller_kind": str(number.kind),
        "caller_confidence": str(number.confidence),
        "caller_region": number.region,
    }


def caller_of(row: Row[Any]) -> TelephoneNumber:
    return TelephoneNumber(
        raw=row.caller_raw,
        e164=None if row.caller_e164 is None else E164(row.caller_e164),
        national=row.caller_national,
        kind=NumberKind(row.caller_kind),
        confidence=Confidence(row.caller_confidence),
        region=None if row.caller_region is None else RegionCode(row.caller_region),
    )
