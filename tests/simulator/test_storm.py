"""Many people doing anything in any order: the network never contradicts itself and comes to rest."""

from random import Random

import pytest

from simulator import Network, NumberConfig

SITE = "https://line.example"
NEW_LEG = {"To": "client:b", "From": "+82215881379", "Url": f"{SITE}/voice", "Timeout": "10"}
DOCUMENTS = [
    '<Gather action="/voice" numDigits="1" timeout="3"/><Redirect>/later</Redirect>',
    '<Say language="ko-KR" voice="Polly.Seoyeon">네</Say><Redirect>/voice</Redirect>',
    '<Dial action="/voice" timeout="9"><Client url="/whisper">a</Client><Client>b</Client></Dial>',
    "<Dial><Client>a</Client></Dial><Redirect>/later</Redirect>",
    (
        '<Dial action="/later"><Conference waitUrl="/music" endConferenceOnExit="true" record="record-from-start"'
        ' recordingStatusCallback="/told" statusCallback="/told" statusCallbackEvent="start end join leave hold">r</Conference></Dial>'
    ),
    '<Dial action="/later" hangupOnStar="true" timeLimit="20"><Conference maxParticipants="2">r</Conference></Dial>',
    '<Pause length="3"/>',
    '<Record action="/voice"/>',
    "<Hangup/>",
]


class Storm:
    """One random evening on the network."""

    def __init__(self, network, product, rest, passes, chance: Random) -> None:
        self.network, self.rest, self.passes, self.chance = network, rest, passes, chance
        product.pages |= {
            "/voice": lambda _: chance.choice(DOCUMENTS),
            "/later": '<Pause length="1"/><Redirect>/voice</Redirect>',
            "/whisper": lambda _: chance.choice(['<Gather action="/accept" numDigits="1"/><Hangup/>', "<Response/>"]),
            "/accept": "<Response/>",
            "/music": lambda _: chance.choice(["<Play>/a.wav</Play><Redirect>/music</Redirect>", "<Pause/>"]),
        }

    def blows(self) -> None:
        chance, network = self.chance, self.network
        phones = list(network.phones.values()) or [network.dial("+821012345678", "1379")]
        phone = chance.choice(phones)
        acts = [
            lambda: network.dial("+821012345678", "1379"),
            lambda: network.browser_dials("a", {"offer": "1"}),
            lambda: phone.press(chance.choice(["1", "12*", "*", "#"])),
            phone.hang_up,
            lambda: [chance.choice([leg.answer, leg.decline])() for leg in network.ringing("client:a")[:1]],
            lambda: [leg.answer() for leg in network.ringing("client:b")[:1]],
            lambda: self.rest("POST", f"Calls/{phone.sid}.json", Url=f"{SITE}/voice"),
            lambda: self.rest("POST", f"Calls/{phone.sid}.json", Status=chance.choice(["completed", "canceled"])),
            lambda: self.rest("POST", "Calls.json", **NEW_LEG),
            self.troubles_a_conference,
            lambda: phone.stay_silent() if phone.listening else None,
        ]
        chance.choice(acts + [lambda: self.passes(chance.choice([0, 1, 5, 20]))] * 4)()

    def troubles_a_conference(self) -> None:
        for sid, room in self.network.conferences.items():
            for person in list(room.participants):
                path = f"Conferences/{sid}/Participants/{person}.json"
                change = self.chance.choice(
                    [{"Hold": "true", "HoldUrl": f"{SITE}/music"}, {"Hold": "false"}, {"Muted": "true"}]
                )
                self.rest("POST", path, **change)
                if self.chance.random() < 0.2:
                    self.rest("DELETE", path)


def contradictions(network: Network) -> list[str]:
    found = []
    for call in network.calls.values():
        if call.ended and (call.script or call.bridged_with or call.conference_sid or call.gather):
            found.append(f"{call.sid} is over and still busy")
        if call.bridged_with is not None and call.bridged_with.bridged_with is not call:
            found.append(f"{call.sid} is bridged one way")
    for room in network.conferences.values():
        found += [
            f"{sid} is in {room.sid} and does not know"
            for sid, person in room.participants.items()
            if room.ended_at or person.call.ended or person.call.conference_sid != room.sid
        ]
    return found


@pytest.mark.parametrize("seed", range(15))
def test_nobody_is_left_behind(network, product, rest, passes, seed):
    network.browser_app = NumberConfig(f"{SITE}/voice", f"{SITE}/told")
    if seed % 2:
        network.duplicate_callbacks(1)
        network.reorder_callbacks(seed)
    storm = Storm(network, product, rest, passes, Random(seed))

    for _ in range(100):
        storm.blows()
        assert contradictions(network) == []
    passes(120)
    for phone in network.phones.values():
        phone.hang_up()
    passes(10)

    assert network.next_at() is None
    assert contradictions(network) == []
    assert {room.status for room in network.conferences.values()} <= {"completed"}
