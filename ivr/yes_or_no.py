"""Whether an answer means yes or no; both words often open an answer that means the opposite."""

import re

from ivr.speech_text import squeezed, tokens

MEANS_NO = re.compile(
    "틀렸|틀린|아닌디|아인[데디]|아이지|안됩|안합|됐심|틀려|틀립|거절|아이라|아이다|아입니|아이고요|아녀|싫|안해|안할|안돼|안되|않|하지마|말아|됐어|됐습니다|거부|반대|안맞|그게아니|그건아니|아닌데|아닌데요"
    "|아닙니다|아니에요|아니예요|아녜|안했으면|[못몬](?:합니|하겠|하것|해)|곤란|필요없|아닌(?:것|거|듯|갑)|잘못(?:알아|들|아|이해|됐|되)|달라요|다릅니다|다른데요|말라|마이소|마소|별로|내키지|빼주|아이라예|아이고예|언지예|은지예|사양(?:할|하|합)|(?:택|턱)도없|어림없|관심없"
    "|(?<!고)말고(?:요|예|유)?$|다른(?:거|것|곳|데(?:라|입|예|이))"
)
MEANS_YES = re.compile(
    "맞(?:습|심|십|아|어|다|는데|는디|는것같|네|지|제|고요|고예|구|쥬|당|데이|니더|소)|(?<!자)마(?:자요|자예|자유|심더|심니더)"
    "|동의(?:합|하지|하고말고|하네|하겠|함)|동의해(?:요|유|드|줄)|동의할[게께]|동의한다|고말고|하모|그라(?:제|지|모|입|요|이소)|그러(?:지라|라우|제)|그려|암만|암요"
    "|그러세요|그러시죠|그러이소|그러소|그렇습|그렇죠|그렇지|그렇쥬|그렇제|그렇심|그렇소|그렇당|그랗|그렇게(?:하|해)"
    "|옳(?:습|지|소|아)|정확|^(?:네|예)*동의(?:요|예|함)?$|좋아|좋습|좋지|좋심|좋소|좋네|좋제|좋구|전달하세요|전달해(?:주|도)|물론|당연하|(?:해도|하셔도)(?:돼|되|됩|괜찮|좋)|으니까하세요|^해주세요|그런것같|그렇다니까|틀림없|(?:허락|승낙|수락|찬성)(?:합|하|할|해|이)|당근이|두말하면|(?<![가-힣])마[따씸]"
)
TELLS_OF_A_THING = re.compile(
    "(?:기계|장비|제품|도금|용접|센서|모터|설비|프로그램|수율|온도)[이가는은]?.{0,6}안(?:돼|되|맞)"
)
ASKS = re.compile(
    "뭐|뭔|뭣|머(?:꼬|선|라|가)|무신|와요$|왜|워째|우째|어찌|어떻|어떤|어느|어디|어데|누구|누꼬|무슨|나요|는교|인가요|(?<!니)까요|[습심]니까$|설명|모르|모리|몰라"
)  # a question is no answer
NO_WORD = re.compile("아니|아뇨|아녀|아이다|아입|노(?!란)")
YES_WORD = re.compile(
    "(?:네에?|예에?|응|넵|넹|옙|옛|오냐|오야|예이|예[스쓰]|오[케께]이?|그래|그람|그류|기여|그[럼람]|그러[믄문])+(?:요|유|예)?"
)
FILLED_OUT = re.compile("(?<=[요지죠네예])뭐$")  # "그렇지요 뭐" asks nothing


def yes_or_no(utterance: str) -> bool | None:
    """Return the answer, or None when it could be either: 어, 글쎄요, 괜찮아요, or a question.

    A consent hangs on this, so yes must be plain; what only sounds like yes is asked again.
    """
    said = FILLED_OUT.sub("", squeezed(utterance))
    words = tokens(utterance)
    if MEANS_NO.search(said) and not (TELLS_OF_A_THING.search(said) and not NO_WORD.match(said)):
        return False
    if ASKS.search(said) or utterance.rstrip().endswith("?"):
        return None
    if MEANS_YES.search(said):
        return True
    if words and (NO_WORD.match(words[0]) or any(word.startswith(("아니", "아뇨")) for word in words)):
        return False
    return True if any(YES_WORD.fullmatch(word) for word in (*words[:2], *words[-1:])) else None
