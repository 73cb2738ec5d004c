"""Why a call went where it went: one reason for each thing a decision looked at."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    CHOSEN = "chosen"
    CANDIDATE = "candidate"
    SKIPPED = "skipped"  # not now; may come back
    REFUSED = "refused"  # never for this call


@dataclass(frozen=True)
class Reason:
    """One line of the explanation; `text` is what a counselor reads, `text_en` the same in English where it is told."""

    tier: int | None
    subject: str  # a desk, an agent, a region
    rule: str
    verdict: Verdict
    text: str
    text_en: str = ""

    def to_data(self) -> dict[str, str | int | None]:
        return {
            "tier": self.tier,
            "subject": self.subject,
            "rule": self.rule,
            "verdict": str(self.verdict),
            "text": self.text,
            "text_en": self.text_en,
        }
