"""Videos and sounds as phones and browsers make them, and as nobody should."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest

from lms.catalogue import films
from lms.catalogue.films import Facts, FilmTooLong, NotPlayable

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
PICTURE = ("-f", "lavfi", "-i", "testsrc2=size=192x108:rate=10")
TONE = ("-f", "lavfi", "-i", "sine=440:sample_rate=44100")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
SAID = """Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'IMG_0001.MOV':
  Duration: 00:01:02.50, start: 0.000000, bitrate: 8312 kb/s
  Stream #0:0[0x1](und): Video: hevc (Main 10) (hvc1 / 0x31637668), yuv420p10le(tv, bt2020nc/bt2020/arib-std-b67), \
1920x1080, 8100 kb/s, 29.97 fps, 29.97 tbr, 600 tbn (default)
  Stream #0:1[0x2](und): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, mono, fltp, 96 kb/s (default)
"""


def record(file: Path, *arguments: str) -> Path:
    """Make a film of a second as a camera would."""
    subprocess.run([FFMPEG, "-v", "error", "-y", *arguments, "-t", "1", str(file)], check=True)
    return file


def test_what_a_phone_says_of_its_film() -> None:
    assert films.facts_in(SAID) == Facts(62.5, 1920, 1080, plays=False, sound="aac", bright=True)
    plain = SAID.replace("hevc (Main 10)", "h264 (High)").replace("yuv420p10le", "yuv420p").replace("8312", "2400")
    assert not films.facts_in(plain).plays  # 1080p
    assert films.facts_in(plain.replace("1920x1080", "720x1280")).plays
    assert not films.facts_in(plain.replace("1920x1080", "720x1280").replace("2400", "9000")).plays
    with pytest.raises(NotPlayable):
        films.facts_in("Invalid data found when processing input")


def test_a_film_that_plays_stays_as_it_is_without_where_it_was_made(tmp_path: Path) -> None:
    place = ("-metadata", "location=+48.85+002.35/", "-metadata", "artist=Claire Morel")
    source = record(tmp_path / "a.mp4", *PICTURE, *TONE, *H264, "-c:a", "aac", *place)
    made, steps = tmp_path / "made.mp4", []
    film = films.make_playable(source, made, lambda done, whole: steps.append((done, whole)))
    data = made.read_bytes()
    assert (film.width, film.height, steps[-1]) == (192, 108, (1, 1))
    assert data.index(b"moov") < data.index(b"mdat")  # It plays before all of it is there.
    assert b"Claire Morel" in source.read_bytes()
    assert b"Claire Morel" not in data
    assert b"loci" not in data
    films.draw_poster(made, tmp_path / "poster.jpg", film.seconds)
    assert (tmp_path / "poster.jpg").read_bytes().startswith(b"\xff\xd8\xff")


def test_another_film_is_made_one_that_plays(tmp_path: Path) -> None:
    tall = ("-f", "lavfi", "-i", "testsrc2=size=80x1400:rate=50")
    source = record(tmp_path / "a.mkv", *tall, *TONE, "-c:v", "mpeg4", "-c:a", "libopus", "-t", "0.3")
    films.make_playable(source, tmp_path / "made.mp4")
    assert films.look(tmp_path / "made.mp4").plays
    facts = films.look(tmp_path / "made.mp4")
    assert (facts.width, facts.height, facts.sound) == (72, 1280, "aac")


def test_what_a_browser_recorded_becomes_a_sound_that_plays(tmp_path: Path) -> None:
    source = record(tmp_path / "a.webm", *TONE, "-c:a", "libopus")
    assert films.make_sound(source, tmp_path / "made.m4a") == pytest.approx(1, abs=0.1)
    assert (tmp_path / "made.m4a").read_bytes()[4:11] == b"ftypM4A"
    with pytest.raises(NotPlayable):
        films.make_playable(source, tmp_path / "made.mp4")


@pytest.mark.parametrize(
    "data",
    [
        b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n",
        b"ffconcat version 1.0\nfile '/etc/passwd'\n",
        b"<?xml version='1.0'?><MPD><BaseURL>http://127.0.0.1:9/</BaseURL></MPD>",
        b"\0\0\0\x18ftypmp42" + b"\0" * 500,
        b"\x1aE\xdf\xa3" + b"a" * 100,
        b"",
    ],
    ids=["playlist", "list", "manifest", "hollow", "cut", "empty"],
)
def test_what_is_no_film_is_refused_and_leads_nowhere(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.mp4").write_bytes(data)
    with pytest.raises(NotPlayable):
        films.make_playable(tmp_path / "a.mp4", tmp_path / "made.mp4")


def test_what_is_too_long_is_refused_before_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = record(tmp_path / "a.mp4", *PICTURE, *H264)
    monkeypatch.setattr(films, "MOST_MINUTES", 0)
    with pytest.raises(FilmTooLong):
        films.make_playable(source, tmp_path / "made.mp4")
    assert not (tmp_path / "made.mp4").exists()


def test_who_stops_it_stops_the_program(tmp_path: Path) -> None:
    source = record(tmp_path / "a.mp4", *PICTURE, *H264)

    def stop(done: int, whole: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        films.make_playable(source, tmp_path / "made.mp4", stop)


def test_a_film_that_would_fill_the_disk_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = record(tmp_path / "a.mp4", *PICTURE, *H264)
    monkeypatch.setattr(films, "VIDEO_LIMITS", films.Limits(seconds=60, memory=4_000_000_000, file=2_000))
    with pytest.raises(NotPlayable):
        films.make_playable(source, tmp_path / "made.mp4")
    assert (tmp_path / "made.mp4").stat().st_size <= 2_000
