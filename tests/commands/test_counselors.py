"""The staff of a demo goes home again, also when the demo is stopped while they come."""

import pytest

from agents.agent import Presence
from commands import counselors
from commands.house_only import opened_house
from commands.settings import read_settings
from switchboard.change_presence import change_presence


def test_who_had_come_already_goes_home_when_the_others_cannot(tmp_path, monkeypatch):
    come = []

    def stopped_at_the_third(house, agent_id, presence):
        if presence is Presence.AVAILABLE:
            come.append(agent_id)
            if len(come) == 3:
                raise KeyboardInterrupt
        return change_presence(house, agent_id, presence)

    monkeypatch.setattr(counselors, "change_presence", stopped_at_the_third)
    with opened_house(read_settings({"DATA_DIR": str(tmp_path)})) as house:
        with pytest.raises(KeyboardInterrupt), counselors.everyone_at_work(house):
            pass
        with house.store.reading() as work:
            here = {agent.id: agent.presence for agent in work.agents.all() if agent.id in come}

    assert here == dict.fromkeys(come, Presence.OFFLINE)
