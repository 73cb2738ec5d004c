"""Messages for a line without a provider: each one is a line in a file, a number or an address in it masked."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from calls.number_display import masked
from calls.telephone_number import TelephoneNumber
from directory.people import masked_address
from records.korean_time import KOREA
from switchboard.doors import Clock, MessageNotSent


@dataclass(frozen=True)
class MessageFile:
    path: Path
    clock: Clock

    def send(self, to: TelephoneNumber, text: str) -> None:
        """Append the message. Raises MessageNotSent, without the number, when the file cannot be written."""
        self._append(masked(to), text)

    def tell(self, to: str, text: str) -> None:
        self._append(masked_address(to), text)

    def _append(self, to: str, text: str) -> None:
        at = self._now().isoformat(timespec="seconds")
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(f"{at} {to} {text}\n")
        except OSError as error:
            raise MessageNotSent(f"{self.path}: {error.strerror}") from None

    def _now(self) -> datetime:
        return self.clock.now().astimezone(KOREA)
