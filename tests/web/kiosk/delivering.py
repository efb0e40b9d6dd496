"""A kiosk's player as the scripts of its pages are one: what it makes, seals and delivers."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from lms.kernel.ids import new_id
from tests.delivery.house import sealed
from tests.strict import StrictBrowser

JSON = {"Accept": "application/json"}


class Player:
    """A kiosk's player, as the scripts of the page are one."""

    def __init__(self, browse: StrictBrowser, edition: int) -> None:
        self.browse, self.outbox, self.places = browse, str(new_id()), 0
        self.me = browse.client.get(f"/kiosk/myself?edition={edition}&language=fr").get_json()
        self.sitting = {
            "id": str(new_id()),
            "edition": edition,
            "attempt": self.me["modules"][str(edition)]["attempt"],
            "language": "fr",
            "began": self.at(),
        }

    def at(self) -> dict[str, int]:
        moment = round(datetime.now(UTC).timestamp() * 1000)
        return {"kiosk": moment, "server": moment}

    def event(self, kind: str, **facts: Any) -> dict[str, Any]:
        self.places += 1
        event = {"kind": kind, "id": str(new_id()), "at": self.at(), "sitting": self.sitting, "place": self.places}
        return {**event, "duration_ms": 900, **facts}

    def answered(self, block: str, response: object) -> dict[str, Any]:
        return self.event("answered", block=block, response=response)

    def envelope(self, event: dict[str, Any]) -> dict[str, Any]:
        text = orjson.dumps({**self.reader, "event": orjson.dumps(event).decode()}).decode()
        return {"id": event["id"], "sealed": True, "content": sealed(self.me["server_key"], UUID(event["id"]), text)}

    @property
    def reader(self) -> dict[str, str]:
        return {"sign_in": self.me["sign_in"], "key": self.me["key"]}

    def deliver(self, *events: dict[str, Any], reader: object = "me", status: int = 200) -> dict[str, Any]:
        return self.send([self.envelope(event) for event in events], reader=reader, status=status)

    def send(self, envelopes: list[dict[str, Any]], *, reader: object = "me", status: int = 200) -> dict[str, Any]:
        batch = {
            "outbox": self.outbox,
            "clock": self.at()["kiosk"],
            "reader": self.reader if reader == "me" else reader,
            "events": envelopes,
        }
        reply = self.browse.client.post("/kiosk/outbox", json=batch, headers=JSON)
        assert reply.status_code == status, reply.get_data(as_text=True)
        return reply.get_json()
