"""Videos and sounds from elsewhere, made what every kiosk plays: H.264 and AAC in MP4, 720p; AAC in M4A.

ffmpeg does it, in a process with limits (`kernel.confined`). It opens the one file it is given with
the reader that the file's own first bytes call for: no playlist, no list of further files, no
address, and only decoders of what cameras and recorders write.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

from lms.catalogue.media import MEGABYTE
from lms.kernel import confined
from lms.kernel.confined import Limits
from lms.kernel.jobs.kinds import Report, silent
from lms.kernel.later import Later
from lms.kernel.refusals import Refusal

imageio_ffmpeg = Later("imageio_ffmpeg")

LONG_SIDE, SHORT_SIDE = 1280, 720
MOST_MINUTES = 20
MOST_BYTES = 200 * MEGABYTE
"""Of a video as it is kept: 20 minutes at 1.2 Mb/s (interface reference, 2.9) come to 190."""
MOST_SOUND_MINUTES = 10
MOST_KILOBITS = 2500
"""A second: what is no more, and plays everywhere, is not encoded again."""
MOST_PIXELS = 40_000_000
"""Of one picture of a video."""
VIDEO_LIMITS = Limits(seconds=3 * 3600, memory=4_000 * MEGABYTE, file=MOST_BYTES)
QUICK_LIMITS = Limits(seconds=120, memory=2_000 * MEGABYTE, file=20 * MEGABYTE)
HEAD = 400
"""Bytes that tell which reader a file calls for."""
_ASF = bytes.fromhex("3026b2758e66cf11")
_CODECS = (
    "h264,hevc,mpeg4,h263,mpeg1video,mpeg2video,vp8,libvpx,vp9,libvpx-vp9,libdav1d,av1,mjpeg,prores,dvvideo,"
    "wmv1,wmv2,wmv3,vc1,msmpeg4v2,msmpeg4v3,"
    "aac,aac_latm,mp3,mp3float,mp2,mp2float,ac3,eac3,opus,libopus,vorbis,libvorbis,flac,alac,amrnb,amrwb,"
    "libopencore_amrnb,libopencore_amrwb,wmav1,wmav2,adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_f32le,pcm_u8,pcm_alaw,pcm_mulaw"
)
_LIMITED = f"trunc(min(1,min({LONG_SIDE}/max(iw,ih),{SHORT_SIDE}/min(iw,ih)))"
_SCALE = f"scale=w='{_LIMITED}*iw/2)*2':h='{_LIMITED}*ih/2)*2'"
_TO_STANDARD_RANGE = (
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,"
)
"""Phones film with more light than a kiosk's screen has. It is slow: the picture is made smaller before."""


class NotPlayable(Refusal):
    """The file is no video or sound, or a damaged one, or of a kind that is not read here."""


class FilmTooLong(Refusal):
    """A video or a sound lasts longer than a kiosk plays."""


class NoConverter(Refusal):
    """The program that makes videos and sounds playable (ffmpeg) is not installed."""


@dataclass(frozen=True)
class Facts:
    """What a file says of itself."""

    seconds: float
    """0 where it does not say."""
    width: int
    height: int
    """Both 0 for a sound."""
    plays: bool
    """Whether its pictures can stay as they are."""
    sound: str
    """The name of its sound's codec; nothing for a silent one."""
    bright: bool = False
    """Whether it was filmed in high dynamic range."""


@dataclass(frozen=True)
class Film:
    """A video as it is kept."""

    seconds: float
    width: int
    height: int


def reader_for(head: bytes) -> str | None:
    """Return the reader (ffmpeg's demuxer) of a file that begins so, None where none of ours reads it."""
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "mov"
    if head[:4] == b"RIFF":
        return {b"AVI ": "avi", b"WAVE": "wav"}.get(head[8:12])
    if head[:1] == b"\x47" and head[188:189] == b"\x47":
        return "mpegts"
    if head[:1] == b"\xff" and head[1:2] and head[1] & 0xE0 == 0xE0:
        return "aac" if head[1] & 0xF6 == 0xF0 else "mp3"
    starts = {
        b"\x1aE\xdf\xa3": "matroska",
        b"\x00\x00\x01\xba": "mpeg",
        b"OggS": "ogg",
        b"fLaC": "flac",
        b"ID3": "mp3",
        b"#!AMR": "amr",
        b"caff": "caf",
        _ASF: "asf",
    }
    return next((reader for start, reader in starts.items() if head.startswith(start)), None)


def look(source: Path) -> Facts:
    """Return what a file says of itself; raises NotPlayable or NoConverter."""
    with _started(_reading(source), QUICK_LIMITS) as process:
        return facts_in("\n".join(_lines(process)))


_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_BITRATE = re.compile(r"bitrate: (\d+) kb/s")
_VIDEO = re.compile(r"^ *Stream #0:.*Video: (\w+)(.*?), (\d{2,5})x(\d{2,5})[, ].*$", re.MULTILINE)
_AUDIO = re.compile(r"^ *Stream #0:.*Audio: (\w+)", re.MULTILINE)
_RATE = re.compile(r"([\d.]+)k? fps")


def facts_in(said: str) -> Facts:
    """Read what ffmpeg says of a file. Pure; raises NotPlayable."""
    videos = [found for found in _VIDEO.finditer(said) if "attached pic" not in found[0]]
    audio = _AUDIO.search(said)
    if not videos and not audio:
        raise NotPlayable()
    duration = _DURATION.search(said)
    hours, minutes, seconds = (float(part) for part in duration.groups()) if duration else (0.0, 0.0, 0.0)
    sound = audio[1] if audio else ""
    if not videos:
        return Facts(hours * 3600 + minutes * 60 + seconds, 0, 0, plays=False, sound=sound)
    line, codec, more, width, height = videos[0][0], *videos[0].groups()
    wide, high = int(width), int(height)
    rate, bits = _RATE.search(line), _BITRATE.search(said)
    plays = (
        codec == "h264"
        and re.search(r"\byuv420p\b", more) is not None
        and max(wide, high) <= LONG_SIDE
        and min(wide, high) <= SHORT_SIDE
        and (rate is None or float(rate[1]) <= 60)
        and bits is not None
        and int(bits[1]) <= MOST_KILOBITS
    )
    bright = "arib-std-b67" in line or "smpte2084" in line
    return Facts(hours * 3600 + minutes * 60 + seconds, wide, high, plays=plays, sound=sound, bright=bright)


def make_playable(source: Path, target: Path, report: Report = silent) -> Film:
    """Write a video as kiosks play it, what plays already without encoding it anew.

    Nothing that was written beside it (place, maker) is kept. `report` may raise to stop it.
    Raises NotPlayable, FilmTooLong or NoConverter; then, or when stopped, `target` may be half made.
    """
    facts = look(source)
    if not facts.width:
        raise NotPlayable()
    most = MOST_MINUTES * 60
    if facts.seconds > most:
        raise FilmTooLong(minutes=round(facts.seconds / 60), limit=MOST_MINUTES)
    pictures = ["-c:v", "copy"] if facts.plays else _encoding(facts)
    sound = ["-c:a", "copy"] if facts.sound == "aac" else ["-c:a", "aac", "-b:a", "96k", "-ac", "2", "-ar", "48000"]
    command = [*_reading(source), "-map", "0:V:0", "-map", "0:a:0?", "-sn", "-dn", *pictures, *sound]
    _write([*command, *_BARE, "-movflags", "+faststart", "-f", "mp4"], target, VIDEO_LIMITS, (facts, most, report))
    made = look(target)
    return Film(made.seconds, made.width, made.height)


def _encoding(facts: Facts) -> list[str]:
    lighter = _TO_STANDARD_RANGE if facts.bright else ""
    return [
        *("-vf", f"{_SCALE},{lighter}format=yuv420p", "-fpsmax", "30"),
        *("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-level", "3.1"),
        *("-crf", "25", "-maxrate", "1200k", "-bufsize", "2400k", "-g", "60"),
    ]


def draw_poster(film: Path, target: Path, seconds: float) -> None:
    """Write the picture (JPEG) that stands for a video until it plays; raises NotPlayable."""
    begin = f"{min(1.0, seconds / 3):.2f}"
    _write(["-ss", begin, *_reading(film), "-map", "0:V:0", "-frames:v", "1", "-q:v", "4", "-f", "mjpeg"], target)


def make_sound(source: Path, target: Path) -> float:
    """Write what somebody said as every kiosk plays it (AAC in M4A), as loud as others; return its seconds.

    Raises NotPlayable, FilmTooLong or NoConverter.
    """
    facts, most = look(source), MOST_SOUND_MINUTES * 60
    if not facts.sound:
        raise NotPlayable()
    if facts.seconds > most:
        raise FilmTooLong(minutes=round(facts.seconds / 60), limit=MOST_SOUND_MINUTES)
    levelled = ["-af", "highpass=f=80,loudnorm=I=-16:TP=-1.5:LRA=11", "-ac", "1", "-ar", "44100"]
    encoding = ["-map", "0:a:0", *levelled, "-c:a", "aac", "-b:a", "64k", *_BARE, "-movflags", "+faststart"]
    _write([*_reading(source), *encoding, "-f", "ipod"], target, QUICK_LIMITS, (facts, most, silent))
    return look(target).seconds


_BARE = ["-map_metadata", "-1", "-map_chapters", "-1"]


def _program() -> str:
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        found = shutil.which("ffmpeg")
        if found is None:
            raise NoConverter() from error
        return found


def _reading(source: Path) -> list[str]:
    with source.open("rb") as opened:
        reader = reader_for(opened.read(HEAD))
    if reader is None:
        raise NotPlayable()
    limits = ["-protocol_whitelist", "file", "-codec_whitelist", _CODECS, "-max_pixels", str(MOST_PIXELS)]
    return [*limits, "-threads", "2", "-f", reader, "-i", str(source)]


def _write(
    command: list[str],
    target: Path,
    limits: Limits = QUICK_LIMITS,
    following: tuple[Facts, int, Report] | None = None,
) -> None:
    told = [*command, "-v", "error", "-progress", "pipe:1", "-stats_period", "1", "-y", str(target)]
    with _started(told, limits) as process:
        for line in _lines(process):
            name, _, value = line.partition("=")
            if following and name == "out_time_us" and value.isdigit():
                _follow(int(value) // 1_000_000, *following)
    if process.returncode or not target.is_file() or not target.stat().st_size:
        raise NotPlayable()


def _follow(seconds: int, facts: Facts, most: int, report: Report) -> None:
    if seconds > most:
        raise FilmTooLong(minutes=round(seconds / 60), limit=most // 60)
    whole = max(int(facts.seconds), 1)
    report(min(seconds, whole), whole)


@contextmanager
def _started(arguments: list[str], limits: Limits) -> Iterator["Popen[bytes]"]:
    """Run ffmpeg; however the block ends, it runs no longer."""
    with confined.program([_program(), "-nostdin", "-hide_banner", *arguments], limits) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise


def _lines(process: "Popen[bytes]") -> Iterator[str]:
    for line in process.stdout or ():
        yield line.decode(errors="replace").rstrip()
