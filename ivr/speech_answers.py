"""Speech at each kind of question: understood for everything it carries, so that nothing is asked twice."""

import re
from dataclasses import replace

from directory.model import RegionCode
from ivr.answers import Answer, Asking, Meaning, goes, missed, press, silent
from ivr.choices import choices_of
from ivr.ears import ears_of
from ivr.facts import is_known, with_details, with_value
from ivr.heard import Speech
from ivr.intake import Category, Intake, KnownBy
from ivr.key_answers import chosen, taken_by
from ivr.services import SURE
from ivr.speech_text import squeezed
from ivr.spoken_details import details_in
from ivr.spoken_keys import LAST
from ivr.steps import Choice, Entry, Key, Menu, Words
from ivr.ticket_speech import asks_for_ticket
from ivr.understanding import WEAK, Understood

LONGEST_WISH = 1000  # characters kept of the caller's own words
BY = KnownBy.SPEECH


def answer_to_speech(asking: Asking, heard: Speech) -> Answer:
    """Return what speech means here. Danger comes first, then the question's own answers, then wishes of the line."""
    if not squeezed(heard.text):
        return silent(asking)
    ears = ears_of(asking.intake.language)
    understood = ears.understand(asking.directory, heard.text)
    if "emergency" in understood.signals:
        told = replace(asking.intake, wish=asking.intake.wish or heard.text.strip()[:LONGEST_WISH])
        return goes(asking, BY, told, step=asking.flow.always.emergency)
    for reading in (said_key, asked_for_ticket, said_place, said_yes_or_no, wish_of_the_line, told_everything):
        if answer := reading(asking, heard, understood):
            return answer
    if not (ears.tries_again or {"noise", "yes", "no"} & set(understood.signals)):
        return goes(asking, BY, step=asking.flow.always.person)
    return refer(asking, understood) or missed(asking, BY)


def said_key(asking: Asking, heard: Speech, _: Understood) -> Answer | None:
    """Take a spoken number as its key; at an entry the digits it asks for count too."""
    question, ears = asking.question, ears_of(asking.intake.language)
    if isinstance(question, Entry):
        taken = taken_by(asking, question, ears.spoken_digits(heard.text), BY)
        if taken:
            return taken
    key = ears.spoken_key(heard.text)
    if isinstance(question, Choice) and key and (key == LAST or key in "123456789"):
        return chosen(asking, str(len(choices_of(asking.directory, asking.intake))) if key == LAST else key, BY)
    if key == LAST:
        answers = (name for name, does in question.keys.items() if name in "123456789" and "language" not in does.set)
        key = max(answers, default=None)
    if key is None or key not in question.keys:
        return None
    return press(asking, question.keys[key], BY)


def asked_for_ticket(asking: Asking, heard: Speech, _: Understood) -> Answer | None:
    key = key_that_says(asking, "ticket")
    return press(asking, key, BY) if key and asks_for_ticket(heard.text, asking.intake.language) else None


def said_place(asking: Asking, heard: Speech, understood: Understood) -> Answer | None:
    """Take a place where one is asked; among named choices only those count."""
    question, intake = asking.question, asking.intake
    if question.asks != "region":
        return None
    region, candidates = understood.region, understood.region_candidates
    if isinstance(question, Choice):
        among = [code for code in candidates if code in intake.region_candidates]
        region = region or (among[0] if len(among) == 1 else named_choice(asking, heard.text))
        if region is None:
            return None
    said_yes = ears_of(intake.language).yes_or_no(heard.text)
    if candidates and said_yes and asking.facts.suggested_region in candidates and key_that_says(asking, "yes"):
        return None  # "네 광주요" says yes to 광주
    if region is None and not candidates:
        return None
    if region is not None:
        known = with_value(intake, "region", region, BY)
    else:
        known = replace(intake, region_candidates=candidates)
    return goes(asking, BY, known)


def named_choice(asking: Asking, text: str) -> RegionCode | None:
    """Return the choice whose spoken name was repeated: "경기도 광주시요", "광역시요"."""
    said = re.sub("(?:이요|요|입니다|이에요|예요|쪽)+$", "", squeezed(text))
    if len(said) < 2:
        return None
    names = {choice.region: squeezed(choice.place or "") for choice in choices_of(asking.directory, asking.intake)}
    found = [code for code, name in names.items() if name and said in name]
    return found[0] if len(found) == 1 else None


def key_that_says(asking: Asking, word: str) -> Key | None:
    return next((key for key in asking.question.keys.values() if key.says == word), None)


def said_yes_or_no(asking: Asking, heard: Speech, understood: Understood) -> Answer | None:
    keys = {key.says: key for key in asking.question.keys.values() if key.says in {"yes", "no"}}
    if not keys or {"repeat", "back"} & set(understood.signals) or names_another(asking, understood):
        return None
    answer = ears_of(asking.intake.language).yes_or_no(heard.text)
    key = None if answer is None else keys.get("yes" if answer else "no")
    if key is None:
        return None
    told = absorb(asking, heard.text, understood) if answer else asking.intake
    return press(replace(asking, intake=told), key, BY)


def names_another(asking: Asking, understood: Understood) -> bool:
    """Tell whether a correction names the right service at once: "아니요 인력 교류요"."""
    plainly = understood.category_confidence > WEAK and understood.category not in {None, asking.intake.category}
    return plainly and asking.question.confirms == "category"


def wish_of_the_line(asking: Asking, heard: Speech, understood: Understood) -> Answer | None:
    """Answer what is asked of the line itself: back, again, a person."""
    if "back" in understood.signals:
        return Answer(Meaning.BACK, asking.intake, BY)
    if "repeat" in understood.signals and understood.ask != "category":  # said plainly: else it may go on for ever
        return Answer(Meaning.REPEAT, asking.intake, BY)
    sure = understood.category_confidence >= SURE or not isinstance(asking.question, Words)
    if understood.category is Category.OPERATOR and sure:  # in a told wish, only the plain words for a person
        return goes(asking, BY, absorb(asking, heard.text, understood), asking.flow.always.person)
    return None


def told_everything(asking: Asking, heard: Speech, understood: Understood) -> Answer | None:
    """Take in all that was said, and go on as far as it answers the question."""
    question = asking.question
    intake = absorb(asking, heard.text, understood)
    if isinstance(question, Words) and not {"noise", "abuse"} & set(understood.signals):
        return goes(asking, BY, replace(intake, wish=heard.text.strip()[:LONGEST_WISH]))
    if question.asks and is_known(getattr(intake, question.asks)):
        is_weak = understood.category_confidence <= WEAK or understood.ask == "category"
        weak = question.asks == "category" and is_weak
        unsure = question.unsure if weak and isinstance(question, Menu) else None
        return goes(asking, BY, intake, unsure)
    if question.confirms == "category" and understood.category and understood.category_confidence > WEAK:
        return goes(asking, BY, with_value(intake, "category", understood.category, BY))
    if intake != asking.intake:
        return goes(asking, BY, intake, question.name)
    return None


def absorb(asking: Asking, text: str, understood: Understood) -> Intake:
    """Add what was said to what is known; only a question about it changes what is known already."""
    intake = asking.intake
    if intake.category is None and understood.category:
        intake = with_value(intake, "category", understood.category, BY)
    if intake.region is None and understood.region:
        intake = with_value(intake, "region", understood.region, BY)
    elif intake.region is None and understood.region_candidates:
        intake = replace(intake, region_candidates=understood.region_candidates)
    if not intake.institutes:
        intake = replace(intake, institutes=understood.institutes)
    if intake.wish is None and "wish" in understood.signals:
        intake = replace(intake, wish=text.strip()[:LONGEST_WISH])
    told = details_in(intake.category, text, intake.language)
    new = {name: value for name, value in told.items() if name not in intake.details}
    return with_details(intake, new, BY) if new else intake


def refer(asking: Asking, understood: Understood) -> Answer | None:
    """Name the public line that helps; the question comes again after it."""
    for signal in understood.signals:
        number = signal.removeprefix("refer:")
        name = asking.directory.sister_lines.get(number)
        if number != signal and name:
            said = asking.flow.prompts.speak(asking.flow.always.refer, asking.intake.language, number=number, name=name)
            return missed(asking, BY, said)
    return None
