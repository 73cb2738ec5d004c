"""The house is put together from files and settings; what is broken is refused by name, or never comes into force."""

import shutil
from datetime import UTC, datetime

import pytest

from commands import building
from commands.building import build_house, carrier_of, clock_of, opened_database, published_directory, read_main_flow
from commands.settings import SettingError, read_settings
from directory.rows import DirectoryError

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    copy = tmp_path / "data"
    shutil.copytree(building.DIRECTORY_FOLDER, copy)
    monkeypatch.setattr(building, "DIRECTORY_FOLDER", copy)
    return copy


@pytest.fixture
def database(line_url, tmp_path):
    with opened_database(read_settings({"DATA_DIR": str(tmp_path), "DATABASE_URL": line_url})) as database:
        yield database


def test_a_broken_file_never_replaces_a_working_directory(database, folder):
    working = published_directory(database, NOW)
    (folder / "centers.csv").write_text("code,name_ko\nICG", encoding="utf-8")

    in_force = published_directory(database, NOW)

    assert in_force == working


def test_a_better_file_comes_into_force_and_an_older_one_can_be_brought_back(database, folder):
    desks = folder / "desks.csv"
    old = desks.read_text(encoding="utf-8")
    first = published_directory(database, NOW)

    desks.write_text(old.replace(",15,30,", ",20,30,"), encoding="utf-8")
    second = published_directory(database, NOW)
    desks.write_text(old, encoding="utf-8")

    assert second.version != first.version
    assert published_directory(database, NOW) == first


def test_without_a_working_version_a_broken_file_stops_the_start(database, folder):
    (folder / "staff.csv").write_bytes(b"\xff\xfe")

    with pytest.raises(DirectoryError, match=r"staff\.csv"):
        published_directory(database, NOW)


def test_the_shipped_flow_reads_with_the_shipped_directory(database):
    assert read_main_flow(published_directory(database, NOW)).start


def test_the_settings_say_after_how_many_days_and_how_often_a_company_is_called_again(database):
    settings = read_settings({"FOLLOW_UP_AGAIN_DAYS": "5", "FOLLOW_UP_TRIES": "7"})

    again = build_house(settings, database, clock_of(settings), carrier_of(settings)).follow_up_again

    assert (again.working_days, again.tries) == (5, 7)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "abc", "expected 1 to 65535"),
        ("PORT", "0", "expected 1 to 65535"),
        ("PORT", "70000", "expected 1 to 65535"),
        ("HOST", "a b", "expected a name or address"),
        ("DATABASE_URL", "mysql://x", "expected sqlite:///FILE or postgresql://"),
        ("PUBLIC_BASE_URL", "1379.kr", "expected http(s)://HOST"),
        ("PUBLIC_BASE_URL", "https://1379.kr/?x=1", "expected http(s)://HOST"),
        ("TWILIO_ACCOUNT_SID", "AC1", "expected AC and 32 hexadecimal digits"),
        ("TWILIO_AUTH_TOKEN", "a,b,c", "one token, or two"),
        ("FALLBACK_NUMBER", "1379", "expected E.164"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_name_its_value_and_what_was_expected(name, value, expected):
    with pytest.raises(SettingError) as refused:
        read_settings({name: value})

    assert name in str(refused.value)
    assert ("(hidden)" if name == "TWILIO_AUTH_TOKEN" else f'"{value}"') in str(refused.value), "a secret is not shown"
    assert expected in str(refused.value)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("PORT", 1, 65535),
        ("WEB_PROCESSES", 1, 64),
        ("HANDOVERS_AT_MOST", 0, 99),
        ("FOLLOW_UP_AGAIN_DAYS", 1, 30),
        ("FOLLOW_UP_TRIES", 1, 30),
        ("RECORDINGS_KEPT_DAYS", 1, 36500),
    ],
)
def test_a_number_is_taken_from_its_least_to_its_most_and_no_other(name, least, most):
    for value in (least, most):
        read_settings({name: str(value), "DATABASE_URL": "postgresql://db/line"})

    for value in (str(least - 1), str(most + 1), f"{least}.0", "+1", "1_0", "٣", "9" * 5000):
        with pytest.raises(SettingError, match=f"expected {least} to {most}"):
            read_settings({name: value})


def test_without_settings_a_company_is_called_again_as_the_rule_says():
    settings = read_settings({})

    assert (settings.follow_up_again_days, settings.follow_up_tries) == (2, 3)


def test_all_wrong_settings_are_told_at_once():
    with pytest.raises(SettingError) as refused:
        read_settings({"PORT": "x", "HOST": "?"})

    assert len(str(refused.value).splitlines()) == 2


def test_a_base_address_may_have_a_path_and_loses_its_last_slash():
    assert read_settings({"PUBLIC_BASE_URL": "https://sme.kr/line/"}).public_base_url == "https://sme.kr/line"
