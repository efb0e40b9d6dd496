"""A small module for tests: two cards, three questions worth 1, 2 and 1 points, pass mark 0.75."""

from lms.catalogue.content import ModuleContent

WORDS = {"en": "x"}


def content(pass_mark: float = 0.75, questions: int = 3, code: str = "lockout", **more: object) -> ModuleContent:
    cards = [{"card": "text", "key": key, "title": WORDS, "body": WORDS} for key in ("c1", "c2")]
    asked = [
        {
            "question": "true_false",
            "key": f"q{number}",
            "prompt": WORDS,
            "answer": True,
            "points": points,
            "feedback": {"correct": WORDS, "incorrect": WORDS},
        }
        for number, points in enumerate((1, 2, 1), 1)
    ]
    return ModuleContent.model_validate(
        {
            "format": "etabli-module/1",
            "code": code,
            "languages": ["en"],
            "title": WORDS,
            "summary": WORDS,
            "minutes": 3,
            "pass_mark": pass_mark,
            "blocks": cards + asked[:questions],
            **more,
        }
    )
