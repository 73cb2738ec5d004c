"""Whether an answer means yes or no; both words often open an answer that means the opposite."""

import re
from collections.abc import Sequence

from ivr.speech_text import tokens

ALLOWS = "(?:돼|되|됩|됨|괜찮|좋|상관없|무방|문제없|고맙|감사)"
NOT_DONE = (  # "안", no part of 안녕하세요 or 걱정 안 하셔도
    "(?<!걱정)(?<!염려)(?<!신경)(?:(?<!미)(?<!그동)안(?!녕|내[해드받를]|심|산[에으이]|하게|히|전하게|그래도(?!돼|되|됩|괜찮|좋))|(?<!잘)[못몬])"
)
SPARED = (  # what is left out
    "(?:(?<!상관)(?<!문제)(?<!불만)없(?:어|으셔|이[가-힣]{1,6})|빼(?:셔|시|주셔|놓으셔|놔)?|생략(?:해|하셔)|건너뛰(?:어|셔)|지(?:우셔|워)|비워두?(?:어|셔)?"
    "|(?:비밀로|비공개로|익명으로)[가-힣]{1,4}|숨기셔|가리셔|무시(?:해|하셔)|버리셔|넘어가셔|끊으셔)"
)
DONE_WITHOUT = (  # a polite refusal, though it sounds like leave given: "안 남겨도 돼요", "이름은 빼셔도 됩니다"
    f"{NOT_DONE}(?:도와|(?!도|면|니까|지만|요|죠|네)[가-힣]){{1,7}}(?:도|면더?){ALLOWS}"
    f"|{NOT_DONE}[가-힣]{{1,5}}[는은](?:게|것이|편이|쪽이|걸로|쪽으로|편으로)|{SPARED}(?:도|면){ALLOWS}"
    f"|(?:없는|빼는|빼시는|생략하는|비우는|지우는)(?:게|것이|편이)(?:더|낫|{ALLOWS})|(?:필요|것|거)까(?:지(?:는|도|야)?|진)없"
)
MEANS_NO = re.compile(
    f"{DONE_WITHOUT}|"
    "틀렸|틀린|아닌디|아인[데디]|아이지|됐심|틀려|틀립|거절|아이라|아이다|아입니|아이고요|아녀|싫|않|말아|됐(?:어|습|고|네|거든|다|으니)|거부|반대|그게아니|그건아니|아닌데|아닌데요"
    "|안[가-힣]{1,3}으면(?:하|해|합|좋)|안(?:됩|합|해|할|돼|되|하(?=[지는려겠고면]|$)|맞|했|넘|줬|줄래|줄거|줄게|줘|받|보낼|남길|남기|걸래|쓸래|썼으|그렇|그럴|좋)|(?<!걱정하)(?<!염려하)(?<!신경쓰)(?<!든)지(?:는|도|를|좀)?(?:마(?!다|저)|말|맙)"
    "|아닙니다|아니에요|아니예요|아녜|[못몬](?:합니|하겠|하것|해|줘|주|줍|준)|곤란|필요(?:는|도|가)?없|아닌(?:것|거|듯|갑|걸)|잘못(?:알아|들|아|이해|됐|되)|달라요|다릅니다|다른데요|말라|마이소|마소|별로|내키지|아이라예|아이고예|언지예|은지예|사양(?:할|하|합)|(?:택|턱)도없|어림없|관심없"
    "|빼(?:주|줘|고|달|놔|도)|제외|삭제|지워(?:주|줘)|꺼(?:주세|줘|주이)|취소|중단|사절|그만(?:해|하|두|둘|요|$)|부담스|불편(?!(?:한|할|함)?(?:건|것|거|점|데)?(?:은|이|도|는|가)?(?:전혀|하나도)?없|하?시?겠지만)|꺼려|꺼림|어렵(?:습|네|지|겠(?!지만))|힘들(?:것|겠(?!지만))|(?:좀|쫌|조금)그(?:런데|렇습|렇네|렇지|래요|래$)|그냥두|(?:놔|냅)두|천만에|그럴리|절대"
    "|(?<!고)말고(?:요|예|유)?$|다른(?:거|것|곳|데(?:라|입|예|이))"
)
MEANS_YES = re.compile(
    "맞(?:습|심|십|아|어|다|는데|는디|는것같|네|지|제|고요|고예|구|쥬|당|데이|니더|소)|(?<!자)마(?:자요|자예|자유|심더|심니더)"
    "|동의(?:합|하지|하고말고|하네|하겠|함)|동의해(?:요|유|드|줄)|동의할[게께]|동의한다|고말고|하모|그라(?:제|지|모|입|요|이소)|그러(?:지라|라우|제)|그려|암만|암요"
    "|그러(?:시든|세요|시죠|이소|소|셔요|십시오|든지|든가|자)|그럽시다|그렇습|그렇죠|그렇지|그렇쥬|그렇제|그렇심|그렇소|그렇당|그랗|그렇게(?:하|해)|그리(?:하이|하소|하세|해주)|그래주|^그[치쵸죠쥬](?:요|유|예|뭐)?$"
    "|옳(?:습|지|소|아)|정확|^(?:네|예)*동의(?:요|예|함)?$|좋아|좋습|좋죠|좋지|좋심|좋소|좋네|좋제|좋구|전달하세요|전달해(?:주|도)|물론|당연|도(?:돼|되(?!나|냐|는|겠나)|됩니(?!까)|됨|괜찮|좋)|으니까하세요|^해주세요|그런것같|그렇다니까|틀림없|(?:허락|승낙|수락|찬성|인정)(?:합|하|할|해|이)|당근이|두말하면|(?<![가-힣])마[따씸]"
    "|(?:알아서|마음대로|맘대로|편한대로|편하신대로|편할대로|편하실대로|좋을대로|좋으실대로|뜻대로)(?:들)?(?:하|해)|확실(?:해|합|하죠|하지요)|아무렴|^콜(?:이요|요)?$|^(?:네|예|그럼|잘)*부탁(?:드려|드립|합니|해요)|(?:문제|이의|이견|불만|불편|상관)(?:한|할)?(?:건|것|거|점|데)?(?:는|도|가|은|이)?없"
    "|^(?:그럼|빨리|어서|얼른|그냥)?(?:하세요|하이소|하시죠|하셔요|하십시오|(?:진행|연결|접수|전달|녹음|처리|저장)(?:해주|하시|하세|하이소|하셔))|^(?:제번호|번호)?(?:는|를)?(?:넘기세요|넘겨주|알려주세|남기세요|쓰세요)"
)
DENIES_A_NO = re.compile(  # "안 될 거 없지요": two that say no are a yes
    "(?:안|못)[가-힣]{1,4}(?:거|것|게|건|리|일|이유|까닭|법)(?:이|가|은|는|도|야)?(?:뭐|어디)?(?:없|있(?:나|겠|어|습니까|을까))"
    "|(?:반대|싫어|거절|거부|마다)(?:하|할)?(?:지(?:는|도)?(?:않|안)|(?:는|은|도)?안(?:하|해|합|할)|(?:이유|거|것|생각)(?:가|는|은|도)?없)|(?:반대|거부|거절)(?:는|은|도|가)?없"
    "|왜안(?:되|돼|하|그)|(?:틀린|틀리)(?:말|거|것|데|곳)(?:은|이|도|은)?(?:없|아니)|(?:나쁠|싫을)(?:거|것|건|이유)(?:는|가|도)?없|안(?:하|되)긴|싫긴"
)
ONLY_DENIES_A_NO = re.compile(  # "싫은 건 아닌데": neither
    "(?:싫은|싫다는|틀린|안(?:되|하|한다|된다|맞)는|못(?:하|한다)는|반대하는|말라는|아닌|나쁜)(?:건|거는|거|것은|게)아[니닌]|싫지는않"
)
CANNOT_TELL = re.compile(
    "(?:걱정|염려|신경)(?:은|는|을)?(?:안|못)[가-힣]{1,4}도|(?:이해|결정|판단|확신|구분|기억|생각)(?:이|가|을|를|도)?(?:잘)?(?:안|못|몬)|확실(?:하지|하진|하지는|치)(?:가|는)?않|(?<!잘)(?:안|못|몬)(?:들[리려었]|정했|알아)|잘안[들보]|말든|같기도|반은맞|(?:되|돼|맞|하|않|인)나요?$|[할될을]까요?$|어떻게(?:돼|되)|나중에|고민|생각(?:좀|을좀|은좀)?해"
)
TELLS_OF_A_THING = re.compile(
    "(?:기계|장비|제품|도금|용접|센서|모터|설비|프로그램|수율|온도)[이가는은]?.{0,6}안(?:돼|되|맞)"
)
ASKS = re.compile(
    "뭐|뭔|뭣|머(?:꼬|선|라|가)|무신|와요$|왜|워째|우째|어찌|어떻|어떤|어느|어디|어데|누구|누꼬|무슨|나요|는교|인가요|(?<!니)까요|[습심]니까$|설명|모르|모리|몰라"
)  # a question is no answer
NO_WORD = re.compile("아니|아뇨|아녀|아이다|아입|노(?!란)|nope|no$|땡")
YES_WORD = re.compile(
    "(?:네에?|예에?|응|넵|넹|옙|옛|오냐|오야|예이|예[스쓰]|오[케께]이?|오키|콜|yes|yeah|yep|ok|okay|sure|그래|그람|그류|기여|그[럼람]|그러[믄문])+(?:요|유|예)?"
)
FILLED_OUT = re.compile(
    "(?<=[요지죠네예])뭐$|^뭐(?=그[러래렇]|네|예|알아서|좋|맞|하세|마음|맘|편|괜)|(?<=[네예응])뭐(?=그[러래렇]|좋|맞|하)"
)
TURNS = frozenset({"아니", "아니다", "아냐", "아니지", "아니요", "아뇨", "잠깐", "잠깐만", "잠깐만요", "참", "아참"})
SET_ASIDE = re.compile("그게(?:아니라|아니고)|그건아니고|게아니라|것이아니라|(?:다시)?생각해보니까?")


def yes_or_no(utterance: str) -> bool | None:
    """Return the answer, or None when it could be either: 어, 글쎄요, 괜찮아요, or a question.

    A consent hangs on this, so yes must be plain; what only sounds like yes is asked again.
    After a turn ("아니 그게 아니라 맞아요") what is said last counts.
    """
    words = tokens(utterance)
    is_question = utterance.rstrip().endswith("?")
    for said in after_turns(words):
        answer = answer_in(said, is_question=is_question)
        if answer is not None:
            return answer
    return answer_in(words, is_question=is_question)


def after_turns(words: Sequence[str]) -> list[Sequence[str]]:
    """Return what follows each turn, the last first."""
    starts = [at + 1 for at, word in enumerate(words) if word in TURNS and 0 < at < len(words) - 1]
    starts += [at + 1 for at in range(len(words) - 1) if SET_ASIDE.search("".join(words[max(at - 1, 0) : at + 1]))]
    return [words[start:] for start in sorted(set(starts), reverse=True)]


def answer_in(words: Sequence[str], *, is_question: bool) -> bool | None:
    said = FILLED_OUT.sub("", "".join(words))
    denies = denies_in(said)
    if denies is not None:
        return not denies
    if CANNOT_TELL.search(said) or ONLY_DENIES_A_NO.search(said) or ASKS.search(said) or is_question:
        return None
    if MEANS_YES.search(said):
        return True
    if words and (NO_WORD.match(words[0]) or any(word.startswith(("아니", "아뇨")) for word in words)):
        return False
    return True if any(YES_WORD.fullmatch(FILLED_OUT.sub("", word)) for word in (*words[:2], *words[-1:])) else None


def denies_in(said: str) -> bool | None:
    """Return whether something is plainly denied, or what would be denied itself; None when neither is."""
    left = DENIES_A_NO.sub("", said)
    if left != said:
        return bool(MEANS_NO.search(left))  # "반대는 없는데 안 할래요"
    if ONLY_DENIES_A_NO.search(said) or CANNOT_TELL.search(said) or not MEANS_NO.search(said):
        return None
    tells = TELLS_OF_A_THING.search(said) and not NO_WORD.match(said)
    return None if tells else True
