"""What a process leaves half-made when it is killed."""

from flask import Flask

from lms.kernel import waiting


def test_what_was_half_made_goes_when_the_work_is_taken_up_or_given_up(app: Flask) -> None:
    with app.app_context():
        folders = []
        for of in ("one", "other"):
            with waiting.beside(".mp4", of=of) as made:
                folders.append(made.parent)
            made.write_bytes(b"half")
        with waiting.beside(".mp4", of="one") as again:
            assert not again.exists()
        assert len(list(folders[0].iterdir())) == 1
        waiting.forget_made("other")
        assert not list(folders[0].iterdir())
