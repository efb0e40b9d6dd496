"""Captions as they come from other programs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.catalogue.captions import LATEST, Cue, as_webvtt, read
from lms.kernel.refusals import FileRefused

# WebVTT, W3C Candidate Recommendation of 4 April 2019, section 1: comments, a style and a region are no cues.
WEBVTT = """\ufeffWEBVTT - Essai

STYLE
::cue { color: lime }

NOTE
Relu par l’atelier
le 3 mai

intro
00:01.000 --> 00:04.000 line:0 position:20% align:start
<v Samira>Posez le <b>rouleau</b> &amp; regardez.

01:00:00.500 --> 01:00:02.000
<00:00:01.000>Deux lignes   ici
sur l’écran

00:05.000 --> 00:06.000
"""
SUBRIP = """1
00:00:01,000 --> 00:00:04,000
<font color="#ffff00">Posez</font> là le <i>rouleau</i>.

2
0:00:05,5 --> 0:00:07,25  X1:100 X2:200
{\\an8}Mesurez < 110 mm
3
00:00:08 --> 00:00:09
Notez : 110 mm"""


def faults(text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(FileRefused) as refused:
        read(text.encode(), "v.srt")
    return [(problem.code, problem.line) for problem in refused.value.problems]


def test_webvtt_is_read_for_its_times_and_words() -> None:
    assert read(WEBVTT.encode()) == [
        Cue(1000, 4000, "Posez le rouleau & regardez."),
        Cue(3_600_500, 3_602_000, "Deux lignes ici\nsur l’écran"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_subrip_is_read_for_its_times_and_words(encoding: str, ends: str) -> None:
    assert read(SUBRIP.replace("\n", ends).encode(encoding)) == [
        Cue(1000, 4000, "Posez là le rouleau."),
        Cue(5500, 7250, "Mesurez < 110 mm"),
        Cue(8000, 9000, "Notez : 110 mm"),
    ]


def test_each_fault_says_its_line() -> None:
    assert faults("1\n00:00:04,000 --> 00:00:01,000\nA\n\n2\n00:61:00,000 --> 00:62:00,000\nB\n\nC\n") == [
        ("captions.backwards", 2),
        ("captions.time", 6),
        ("captions.no_time", 9),
    ]
    assert faults(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{'long ' * 61}") == [("captions.too_long", 3)]
    assert faults("WEBVTT\n\n99:00:00.000 --> 99:00:01.000\nA") == [("captions.time", 3)]
    assert faults("1\n00:00:01,000 --> 00:00:01,000\nA") == [("captions.backwards", 2)]
    assert faults("1\n00:00:01,000 -->\nA") == [("captions.time", 2)]
    assert faults("\x00\x01\x02") == [("captions.not_text", None)]
    assert faults(
        "".join(f"00:01.{n:03} --> 00:03.000\nA\n\n" for n in range(1000)) + "00:02.000 --> 00:03.000\nA"
    ) == [("captions.too_many", None)]


times = st.integers(0, LATEST)
texts = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60)


@settings(max_examples=50)
@given(st.lists(st.tuples(times, times, texts).filter(lambda row: row[0] < row[1])))
def test_what_is_written_is_read_as_it_was(rows: list[tuple[int, int, str]]) -> None:
    cues = sorted((Cue(*row) for row in rows), key=lambda cue: (cue.start, cue.end))
    assert read(as_webvtt(cues)) == cues
