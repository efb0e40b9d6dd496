"""A person, a small module and a kiosk, for tests of delivery and of the kiosk's pages."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import insert

from lms.catalogue.actions import add_edition
from lms.catalogue.content import ModuleContent
from lms.catalogue.models import Module
from lms.delivery import actions, sealing
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.people.models import Person

DAY = datetime(2027, 3, 8, 6, 0, tzinfo=UTC)


def words(english: str, french: str | None = None) -> dict[str, str]:
    return {"en": english, "fr": french or f"{english} (fr)"}


def said(key: str) -> dict[str, object]:
    feedback = {"correct": words(f"Because {key}."), "incorrect": words(f"Think of {key}.")}
    return {"key": key, "prompt": words(f"What of {key}?"), "feedback": feedback}


BLOCKS = [
    {"card": "text", "key": "read", "title": words("Read this"), "body": words("Some **words**.")},
    {
        "question": "single",
        **said("one"),
        "points": 2,
        "options": [
            {"key": "a", "text": words("Right"), "correct": True},
            {"key": "b", "text": words("Wrong"), "feedback": words("B never is.")},
            {"key": "c", "text": words("Wrong too")},
        ],
    },
    {"card": "safety", "key": "mind", "level": "danger", "title": words("Mind your hands"), "body": words("Hot.")},
    {"question": "true_false", **said("two"), "answer": True},
    {"question": "numeric", **said("three"), "answer": 2.5, "tolerance": 0.1, "unit": words("bar")},
]
RIGHT = {"one": "a", "two": True, "three": 2.5}
WRONG = {"one": "b", "two": False, "three": 9}


def content(code: str = "small", blocks: list | None = None, **more: object) -> ModuleContent:
    whole = {
        "format": "etabli-module/1",
        "code": code,
        "languages": ["en", "fr"],
        "title": words("A small module", "Un petit module"),
        "summary": words("You know what is small.", "Vous savez ce qui est petit."),
        "minutes": 3,
        "pass_mark": 0.75,
        "blocks": BLOCKS if blocks is None else blocks,
    }
    return ModuleContent.model_validate({**whole, **more})


def publish(module: ModuleContent) -> int:
    """Publish a module; return the number of the edition."""
    home = Module(code=module.code, created_at=DAY)
    db.session.add(home)
    db.session.flush()
    edition = add_edition(home, module, {}, note="", by=None, now=DAY)
    db.session.commit()
    return edition.id


def person(name: str = "Amina", code: str = "100013") -> int:
    row = {"registration": code, "personal_code": code, "given_name": name, "family_name": "Diallo", "created_at": DAY}
    number = db.session.scalar(insert(Person).values(simulated=False, **row).returning(Person.id))
    db.session.commit()
    return number


def kiosk(code: str = "coating-1") -> actions.Enrolled:
    """Announce and enrol a kiosk."""
    _, typed = actions.announce_terminal(code, "Beside the coating line", None, now=DAY)
    enrolled = actions.enrol(typed, now=DAY)
    db.session.commit()
    return enrolled


class Sitter:
    """Someone who takes an edition, a minute for each thing they do."""

    def __init__(self, person_id: int, edition_id: int, at: datetime = DAY) -> None:
        self.person_id, self.edition_id, self.at = person_id, edition_id, at
        self.sitting_id = new_id()
        self.attempt = self.open()

    def open(self) -> int:
        return actions.open_sitting(
            self.person_id,
            self.edition_id,
            sitting_id=self.sitting_id,
            record_id=new_id(),
            terminal_id=None,
            language="en",
            **self._moment(),
        )

    @property
    def sitting(self) -> Any:
        return actions.known_sitting(self.sitting_id)

    def see(self, key: str) -> actions.Taken:
        return actions.see_block(self.sitting, key, record_id=new_id(), duration_ms=900, **self._moment())

    def answer(self, key: str, response: object, record_id=None) -> actions.Taken:
        return actions.take_answer(
            self.sitting, key, response, record_id=record_id or new_id(), duration_ms=900, **self._moment()
        )

    def go_through(self, answers: dict[str, object], cards: tuple[str, ...] = ("read", "mind")) -> actions.Taken:
        for card in cards:
            self.see(card)
        for key, response in answers.items():
            taken = self.answer(key, response)
        return taken

    def _moment(self) -> dict[str, datetime]:
        self.at += timedelta(minutes=1)
        return {"occurred_at": self.at, "now": self.at + timedelta(seconds=2)}


def sealed(server_key: str, id: UUID, text: str) -> str:
    """Seal a text as a kiosk does (`static/kiosk/disk.js`)."""
    pair = ec.generate_private_key(ec.SECP256R1())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(server_key))
    ours = pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    key = sealing.one_key(pair.exchange(ec.ECDH(), theirs), ours)
    return base64.b64encode(ours + AESGCM(key).encrypt(sealing.ONE_USE, text.encode(), str(id).encode())).decode()
