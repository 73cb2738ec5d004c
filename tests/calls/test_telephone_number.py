"""The whole table of facts/domain.md section 3, row by row, and what must hold for any text at all."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calls.number_display import display, masked
from calls.special_numbers import SPECIAL_NUMBERS, keypad_spelling
from calls.telephone_number import Confidence, NumberKind, TelephoneNumber, can_be_called_back, read_number
from directory.model import RegionCode

HIGH, LOW, NONE = Confidence.HIGH, Confidence.LOW, Confidence.NONE
FIXED, MOBILE, VOIP, PERSONAL = NumberKind.FIXED_LINE, NumberKind.MOBILE, NumberKind.VOIP, NumberKind.PERSONAL
FREE, PREMIUM, REPRESENTATIVE = NumberKind.TOLL_FREE, NumberKind.PREMIUM, NumberKind.REPRESENTATIVE
SPECIAL, RELAY, OVERSEAS = NumberKind.SPECIAL, NumberKind.RELAY, NumberKind.OVERSEAS
STATION, WITHHELD, UNKNOWN = NumberKind.STATION, NumberKind.WITHHELD, NumberKind.UNKNOWN

AREA_CODES = {
    code: RegionCode(f"KR-{number}")
    for code, number in zip(
        [
            "02",
            "031",
            "032",
            "033",
            "041",
            "042",
            "043",
            "044",
            "051",
            "052",
            "053",
            "054",
            "055",
            "061",
            "062",
            "063",
            "064",
        ],
        ["11", "41", "28", "42", "44", "30", "43", "50", "26", "31", "27", "47", "48", "46", "29", "45", "49"],
        strict=True,
    )
}


def read(raw) -> TelephoneNumber:
    return read_number(raw, AREA_CODES)


TABLE = [
    # raw, kind, national, e164, region, confidence
    ("02-123-4567", FIXED, "021234567", "+8221234567", "KR-11", LOW),
    ("02-2110-1234", FIXED, "0221101234", "+82221101234", "KR-11", LOW),
    *(
        (
            f"{code}-868-1234",
            FIXED,
            f"{code}8681234",
            f"+82{code[1:]}8681234",
            region,
            LOW if code in {"02", "042"} else HIGH,
        )
        for code, region in AREA_CODES.items()
    ),
    ("010-1234-5678", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("+82(0)10-1234-5678", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("+82 10 1234 5678", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("０１０－１２３４－５６７８", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("٠١٠١٢٣٤٥٦٧٨", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("010-123-4567", MOBILE, "0101234567", "+82101234567", None, LOW),
    ("010-0123-4567", MOBILE, "01001234567", "+821001234567", None, LOW),
    ("011-234-5678", MOBILE, "0112345678", "+82112345678", None, LOW),
    ("016-234-5678", MOBILE, "0162345678", "+82162345678", None, LOW),
    ("017-234-5678", MOBILE, "0172345678", "+82172345678", None, LOW),
    ("018-234-5678", MOBILE, "0182345678", "+82182345678", None, LOW),
    ("019-234-5678", MOBILE, "0192345678", "+82192345678", None, LOW),
    ("012-1234-5678", MOBILE, "01212345678", "+821212345678", None, LOW),
    ("070-7123-4567", VOIP, "07071234567", "+827071234567", None, LOW),
    ("0504-123-4567", PERSONAL, "05041234567", "+825041234567", None, LOW),
    ("0505-123-4567", PERSONAL, "05051234567", "+825051234567", None, LOW),
    ("050712345678", PERSONAL, "050712345678", "+8250712345678", None, LOW),
    ("080-9988-114", FREE, "0809988114", "+82809988114", None, LOW),
    ("060-700-1234", PREMIUM, "0607001234", "+82607001234", None, LOW),
    *(
        (f"{start}0800", REPRESENTATIVE, f"{start}0800", f"+82{start}0800", None, LOW)
        for start in ("1588", "1544", "1577", "1600", "1644", "1661", "1670", "1688")
    ),
    *(
        (f"{start}-1234", REPRESENTATIVE, f"{start}1234", f"+82{start}1234", None, LOW)
        for start in ("1800", "1833", "1855", "1877", "1899", "1551", "1811", "1844", "1866")
    ),
    ("+8215880800", REPRESENTATIVE, "15880800", "+8215880800", None, LOW),
    ("02-1588-0800", REPRESENTATIVE, "15880800", "+8215880800", None, LOW),
    ("+82 2 1588 0800", REPRESENTATIVE, "15880800", "+8215880800", None, LOW),
    ("031-1811-1234", REPRESENTATIVE, "18111234", "+8218111234", None, LOW),
    ("010-1588-0800", MOBILE, "01015880800", "+821015880800", None, HIGH),
    *((s, SPECIAL, s, None, None, HIGH) for s in ("1379", "1357", "1350", "110", "114", "120", "1330", "1339")),
    ("107", RELAY, "107", None, None, HIGH),
    ("+82107", RELAY, "107", None, None, HIGH),
    *((s, SPECIAL, s, None, None, HIGH) for s in ("131", "1380", "1381", "1397", "112", "119")),
    ("+821379", SPECIAL, "1379", None, None, HIGH),
    ("tel:1379;phone-context=+82", SPECIAL, "1379", None, None, HIGH),
    ("82-1379", SPECIAL, "1379", None, None, HIGH),
    ("821379", SPECIAL, "1379", None, None, HIGH),
    *((f"{code}-1379", SPECIAL, "1379", None, None, HIGH) for code in ("031", "042", "055", "064", "02")),
    ("031-114", SPECIAL, "114", None, None, HIGH),
    ("02-114", SPECIAL, "114", None, None, HIGH),
    ("02-120", SPECIAL, "120", None, None, HIGH),
    ("031-1588", UNKNOWN, "0311588", None, None, NONE),
    ("1588", UNKNOWN, "1588", None, None, NONE),
    ("anonymous", WITHHELD, None, None, None, NONE),
    ("Restricted", WITHHELD, None, None, None, NONE),
    ("unknown", WITHHELD, None, None, None, NONE),
    ("Unavailable", WITHHELD, None, None, None, NONE),
    ("BLOCKED", WITHHELD, None, None, None, NONE),
    ("Private Number", WITHHELD, None, None, None, NONE),
    ("발신번호 표시제한", WITHHELD, None, None, None, NONE),
    ("", WITHHELD, None, None, None, NONE),
    (None, WITHHELD, None, None, None, NONE),
    ("None", WITHHELD, None, None, None, NONE),
    ("sip:@host", WITHHELD, None, None, None, NONE),
    ("anonymous@anonymous.invalid", WITHHELD, None, None, None, NONE),
    ('"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1', WITHHELD, None, None, None, NONE),
    ("sip:01012345678@anonymous.invalid", WITHHELD, None, None, None, NONE),
    ("sip:01012345678@10.0.0.1:5060", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("sip:+821012345678:secret@host;user=phone", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("sip:%2B821012345678@host", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ('"홍길동" <sip:0318681234;npdi@host>', FIXED, "0318681234", "+82318681234", "KR-41", HIGH),
    ("sip:lobby2@host", UNKNOWN, None, None, None, NONE),
    ("tel:+82-10-1234-5678", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("tel:2025550123;phone-context=+1", OVERSEAS, "+12025550123", "+12025550123", None, HIGH),
    ("client:icg_1", STATION, None, None, None, NONE),
    ("client:anonymous", STATION, None, None, None, NONE),
    ("+266696687", WITHHELD, None, None, None, NONE),
    ("266696687", FIXED, "0266696687", "+82266696687", "KR-11", LOW),
    ("+7378742833", WITHHELD, None, None, None, NONE),  # as Twilio sends it
    ("+7378742883", WITHHELD, None, None, None, NONE),  # as the domain page prints it
    ("+8656696", WITHHELD, None, None, None, NONE),
    ("+8566696", WITHHELD, None, None, None, NONE),
    ("+2562533", WITHHELD, None, None, None, NONE),
    ("+86282452253", WITHHELD, None, None, None, NONE),
    ("0082-10-1234-5678", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("001-82-10-1234-5678", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("00700-82-31-868-1234", FIXED, "0318681234", "+82318681234", "KR-41", HIGH),
    ("821012345678", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("1012345678", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("공일공 1234 5678", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("공일공에 일이삼사에 오육칠팔입니다", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("국번 없이 일삼칠구", SPECIAL, "1379", None, None, HIGH),
    ("010 1234 5678이에요", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("010 1234 5678 내선 12", MOBILE, "01012345678", "+821012345678", None, HIGH),
    ("042-860-1234 ext 321", FIXED, "0428601234", "+82428601234", "KR-30", LOW),
    ("042-860-1234~5", FIXED, "0428601234", "+82428601234", "KR-30", LOW),
    ("868-1234", UNKNOWN, "8681234", None, None, NONE),
    ("2123-4567", UNKNOWN, "21234567", None, None, NONE),
    ("+12025550123", OVERSEAS, "+12025550123", "+12025550123", None, HIGH),
    ("00700-1-202-555-0123", OVERSEAS, "+12025550123", "+12025550123", None, HIGH),
    ("001266696687", WITHHELD, None, None, None, NONE),
    ("+1234", UNKNOWN, "+1234", None, None, NONE),
    ("0303-123-4567", UNKNOWN, "03031234567", None, None, NONE),
    ("0303-12-3456", UNKNOWN, "0303123456", None, None, NONE),  # phonenumbers: toll free
    ("\0", UNKNOWN, None, None, None, NONE),
    ("9" * 10_000, UNKNOWN, None, None, None, NONE),
]


@pytest.mark.parametrize(("raw", "kind", "national", "e164", "region", "confidence"), TABLE)
def test_each_row_of_the_number_table_is_read_as_agreed(raw, kind, national, e164, region, confidence):
    number = read(raw)

    assert (number.kind, number.national, number.e164) == (kind, national, e164)
    assert (number.region, number.confidence) == (region, confidence)


@pytest.mark.parametrize("special", sorted(SPECIAL_NUMBERS - {"107"}))
def test_a_special_number_is_never_an_e164_number(special):
    assert read(special).kind is SPECIAL
    assert read(f"+82{special}") == TelephoneNumber(f"+82{special}", None, special, SPECIAL, HIGH, None)


@pytest.mark.parametrize(
    ("word", "keys"),
    [("anonymous", "266696687"), ("restricted", "7378742833"), ("unknown", "8656696"), ("blocked", "2562533")],
)
def test_a_word_is_spelled_on_the_keypad(word, keys):
    assert keypad_spelling(word) == keys


def test_an_area_code_the_directory_does_not_know_suggests_no_region():
    number = read_number("031-868-1234", {})

    assert (number.kind, number.region, number.confidence) == (FIXED, None, LOW)


SHOWN = [
    ("010-1234-5678", "010-1234-5678", "010-****-5678"),
    ("0112345678", "011-234-5678", "011-***-5678"),
    ("+82318681234", "031-868-1234", "031-***-1234"),
    ("0221101234", "02-2110-1234", "02-****-1234"),
    ("021234567", "02-123-4567", "02-***-4567"),
    ("0809988114", "080-9988-114", "080-9988-114"),
    ("0801234567", "080-123-4567", "080-123-4567"),
    ("05051234567", "0505-123-4567", "0505-***-4567"),
    ("050712345678", "0507-1234-5678", "0507-****-5678"),
    ("07071234567", "070-7123-4567", "070-****-4567"),
    ("0607001234", "060-700-1234", "060-***-1234"),
    ("15880800", "1588-0800", "1588-0800"),
    ("+821379", "1379", "1379"),
    ("107", "107", "107"),
    ("anonymous", "발신번호 표시제한", "발신번호 표시제한"),
    ("+266696687", "발신번호 표시제한", "발신번호 표시제한"),
    ("client:icg_1", "icg_1", "icg_1"),
    ("+12025550123", "+1 202-555-0123", "+1 ****0123"),
    ("8681234", "8681234", "****"),
    ("99999999999", "99999999999", "****9999"),
    ("hello", "알 수 없는 번호", "알 수 없는 번호"),
]


@pytest.mark.parametrize(("raw", "shown", "hidden"), SHOWN)
def test_numbers_are_shown_as_people_write_them_and_hidden_in_the_middle(raw, shown, hidden):
    assert (display(read(raw)), masked(read(raw))) == (shown, hidden)


@pytest.mark.parametrize("raw", ["010-1234-5678", "031-868-1234", "02-2110-1234", "070-7123-4567", "0505-123-4567"])
def test_a_person_behind_an_ordinary_number_can_be_called_back(raw):
    assert can_be_called_back(read(raw))


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "anonymous",
        "+266696687",
        "107",
        "1379",
        "119",
        "+12025550123",
        "15880800",
        "0809988114",
        "0607001234",
        "8681234",
        "client:icg_1",
        "011-234-5678",
        "010-123-4567",
        "010-0123-4567",
        "031-1379",
    ],
)
def test_a_number_nobody_answers_is_not_called_back(raw):
    assert not can_be_called_back(read(raw))


any_text = st.one_of(
    st.text(st.characters(exclude_categories=())),  # lone surrogates and NUL too
    st.text("0123456789+-() .~;:@<>#*", max_size=30),
    st.text("공영일이삼사오육칠팔구에번요 0123456789", max_size=30),
    st.from_regex(
        r"(sips?:|tel:|client:)?[+0-9a-z%]{0,16}(@[a-z.]+)?(;phone-context=\+?[0-9a-z]{0,4})?", fullmatch=True
    ),
    st.from_regex(
        r"(\+82|82|0082|001|00700|\+)?0?(2|31|42|10|11|70|50[0-9]|80|60|1[568])?1?[0-9]{2,9}", fullmatch=True
    ),
)


@given(any_text)
@example(" " * 10_000)
@example("ﷺ" * 300)
@example("sip:%ff%00@host")
@example("+82" + "0" * 50)
def test_no_text_at_all_stops_a_call(raw):
    number = read(raw)

    number.raw.encode("utf-8")
    assert len(number.raw) <= 256
    assert "\0" not in number.raw
    assert number.national is None or len(number.national) <= 20
    assert number.e164 is None or (
        number.e164.startswith("+") and number.e164[1:].isdecimal() and len(number.e164) <= 16
    )
    assert display(number)
    assert masked(number)
    assert isinstance(can_be_called_back(number), bool)


@given(any_text)
def test_reading_a_normal_form_again_gives_it_again(raw):
    once = read(raw)

    if once.national is not None:
        again = read(once.national)
        assert (again.national, again.kind, again.e164) == (once.national, once.kind, once.e164)
        assert (again.region, again.confidence) == (once.region, once.confidence)


@given(st.from_regex(r"0(10[2-9][0-9]{7}|2[2-9][0-9]{7}|31[2-9][0-9]{6}|70[0-9]{8}|505[0-9]{7})", fullmatch=True))
@example("01059700000")  # of a block that nobody has
def test_a_caller_is_the_same_in_every_spelling(digits):
    spellings = [
        f"+82{digits[1:]}",
        f"82{digits[1:]}",
        f"+82(0){digits[1:]}",
        f"001-82-{digits[1:]}",
        f"sip:{digits}@host",
    ]

    assert {read(spelling).national for spelling in [digits, *spellings]} == {digits}


@given(st.from_regex(r"0(10[2-9][0-9]{7}|2[2-9][0-9]{7}|31[2-9][0-9]{6}|70[0-9]{8}|505[0-9]{7})", fullmatch=True))
def test_the_middle_of_a_persons_number_never_shows(digits):
    number = read(digits)

    shown, hidden = display(number).split("-"), masked(number).split("-")
    assert hidden == [shown[0], "*" * len(shown[1]), shown[2]]
