"""Speak in a process of its own: `python -m lms.kernel.speak`, JSON in, JSON out.

In comes a list of `{"text", "voice", "speed"}`, out a list of Ogg Vorbis files in base 64, null
for what cannot be said.
espeak-ng (GPL-3) is loaded here alone, so that neither its licence nor its memory is the
server's.
"""

import base64
import ctypes
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import espeakng_loader
import numpy as np
import soundfile

# From speak_lib.h of espeak-ng 1.52.
RETRIEVAL_MODE, NO_EXIT, WORDS_PER_MINUTE, UTF_8 = 1, 0x8000, 1, 1
Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
SMALLEST, RATE = 1.0, 16_000
"""Vorbis at its smallest, about 22 kb/s: enough for a voice that is made."""
Samples = np.ndarray[Any, np.dtype[np.int16]]


class CannotSpeak(RuntimeError):
    """espeak-ng refused; the message says what."""


class Speaker:
    """espeak-ng, giving samples instead of sound."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        self._samples: list[bytes] = []
        self._hear = Callback(self._take)  # Kept: the library holds no reference to it.
        self.rate = self._library.espeak_Initialize(RETRIEVAL_MODE, 0, data, NO_EXIT)
        if self.rate <= 0:
            raise CannotSpeak("espeak-ng does not start")
        self._library.espeak_SetSynthCallback(self._hear)
        self._library.espeak_Synth.argtypes = (
            ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
            ctypes.c_void_p, ctypes.c_void_p,
        )  # fmt: skip

    def say(self, text: str, voice: str, speed: int) -> Samples:
        """Return the samples of a text. Raises CannotSpeak, for instance for a voice that is not there."""
        self._samples.clear()
        spoken = text.encode()
        self._do(f"no voice {voice}", self._library.espeak_SetVoiceByName, voice.encode())
        self._do(f"no speed {speed}", self._library.espeak_SetParameter, WORDS_PER_MINUTE, speed, 0)
        self._do("not said", self._library.espeak_Synth, spoken, len(spoken) + 1, 0, 1, 0, UTF_8, None, None)
        self._do("not finished", self._library.espeak_Synchronize)
        if not self._samples:
            raise CannotSpeak("nothing to hear")
        return np.frombuffer(b"".join(self._samples), dtype=np.int16)

    def _take(self, samples: Any, number: int, _events: Any) -> int:
        if samples and number > 0:
            self._samples.append(ctypes.string_at(samples, number * 2))
        return 0

    def _do(self, trouble: str, call: Callable[..., int], *given: Any) -> None:
        if call(*given) != 0:
            raise CannotSpeak(trouble)


def spoken(wanted: Sequence[dict[str, Any]]) -> list[str | None]:
    """Return each text as an Ogg Vorbis file, in base 64; None for one that cannot be said (why: on standard error)."""
    speaker = Speaker()
    return [_said(speaker, one) for one in wanted]


def _said(speaker: Speaker, one: dict[str, Any]) -> str | None:
    try:
        return _packed(speaker.say(one["text"], one["voice"], one["speed"]), speaker.rate)
    except CannotSpeak as error:
        sys.stderr.write(f"{error}\n")
        return None


def _packed(samples: Samples, rate: int) -> str:
    file = io.BytesIO()
    soundfile.write(file, _thinned(samples, rate), RATE, format="OGG", subtype="VORBIS", compression_level=SMALLEST)
    return base64.b64encode(file.getvalue()).decode()


def _thinned(samples: Samples, rate: int) -> Samples:
    """Return the samples at the lower rate: what it cannot hold is left out of the spectrum."""
    number = len(samples) * RATE // rate
    waves = np.fft.rfft(samples)[: number // 2 + 1]
    return np.clip(np.fft.irfft(waves, number) * (number / len(samples)), -32_768, 32_767).astype(np.int16)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # Kiosks come first.
    json.dump(spoken(json.load(sys.stdin)), sys.stdout)
