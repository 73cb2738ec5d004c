"""What is named after a place and is not where the caller is: 대구 번호, 춘천 닭갈비 집, a centre asked about."""

import re
from collections.abc import Sequence

NOT_A_PLACE = re.compile("번호|국번|지역번호|말투|사투리")  # 대구 번호
DISH = re.compile("닭갈비|막국수|비빔밥|찜닭|밀면|냉면|갈비|국밥|칼국수|어묵|횟집|맛집")
OFFICE = re.compile("(?:있는|상담|지역|기업|지원|고객|서비스|기술)*센터|테크노파크|창조경제혁신센터|상공회의소")
ASKED_ABOUT = re.compile(
    "(?:은|는|이|가|의|에|을|를)?(?:지금|혹시|정확히|대체)?(?:입주(?:문의|신청|조건|하려|하고싶|할수)|어디|위치|주소|전화번호|연락처|몇층|몇시|주차)"
)


def is_named_after(behind: Sequence[str], particle: str) -> bool:
    """Tell whether the words behind a place, and behind its particle, are a thing or an office named after it."""
    if particle not in {"", "의", "에", "에있는"} or not behind:
        return False
    if particle in {"", "의"}:
        is_eaten = DISH.match(behind[0]) and any("집" in word or "맛" in word for word in behind[:2])
        if is_eaten or NOT_A_PLACE.match(behind[0]):
            return True
    said = "".join(behind)
    office = OFFICE.match(said)
    return bool(office and ASKED_ABOUT.match(said, office.end()))  # directly: who is at the office tells of a thing
