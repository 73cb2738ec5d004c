"""An institute has not answered in time: it is reminded, and the owner of the case learns that nothing has come."""

from directory.codes import institute_desk
from records.korean_time import moment_ko
from switchboard.doors import Work
from switchboard.house import House
from switchboard.tell_institute import still_asked
from switchboard.write_to_staff import owner_of, write_to_staff

KIND = "tell_overdue"


def owe_overdue(house: House, work: Work, referral_id: int) -> None:
    """Owe both messages with the lapse itself."""
    work.outbox.add(KIND, str(referral_id), house.now())


def tell_overdue(house: House, subject: str) -> None:
    """Send them, unless the answer has come meanwhile; an institute that may learn no more of the case is left out."""
    asked = still_asked(house, int(subject))
    if asked is None:
        return
    ticket, referral = asked.ticket, asked.referral
    about, due = f"{KIND} {referral.id}", moment_ko(referral.due_at)
    if asked.may_be_told:
        reminder = (
            f"[1379] 접수 {ticket.number}: {due}까지 부탁드린 답변이 아직 오지 않았습니다."
            " 늦더라도 답변해 주시기를 부탁드립니다."
        )
        write_to_staff(house, ticket, about, institute_desk(referral.institute), reminder)
    name = house.desk_name(institute_desk(referral.institute))
    told = f"[1379] 접수 {ticket.number}: {name}의 답변이 기한({due})까지 오지 않았습니다."
    write_to_staff(house, ticket, about, owner_of(house, ticket), told)
