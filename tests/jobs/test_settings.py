"""The settings of slow work are refused by name when they are wrong."""

import pytest

from commands.settings import SettingError, read_settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "http://redis"),
        ("RECORDINGS_KEPT_DAYS", "0"),
        ("RECORDINGS_KEPT_DAYS", "a year"),
        ("RECORDINGS_KEPT_DAYS", "99999"),
    ],
)
def test_a_wrong_setting_of_slow_work_is_refused(name, value):
    with pytest.raises(SettingError, match=f'{name}: "{value}" is not'):
        read_settings({name: value})


def test_without_settings_the_queue_is_private_and_recordings_stay_a_year():
    settings = read_settings({})

    assert (settings.redis_url, settings.recordings_kept_days) == (None, 365)
