"""Synthesises the sounds of resources/sounds from their description, so that they are ours and need no licence.

Told apart by rhythm first and pitch second; peak -12 dBFS; energy from 300 to 2000 Hz but for the rough "no".
"""

import io
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
PEAK = 10 ** (-12 / 20)
FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sounds"

Samples = NDArray[np.float64]


@dataclass(frozen=True)
class Tone:
    """A stretch of sound: from one pitch to another, of a loudness and a roughness between 0 and 1."""

    ms: float
    start_hz: float
    end_hz: float = 0.0
    level: float = 1.0
    rough: float = 0.0


@dataclass(frozen=True)
class Rest:
    """Silence."""

    ms: float


SOUNDS: dict[str, Sequence[Tone | Rest]] = {
    "tick": [Tone(25, 1200, level=0.35)],
    "ok": [Tone(60, 660), Rest(12), Tone(90, 990)],
    "ok_pending": [Tone(60, 660), Rest(10), Tone(60, 990), Rest(10), Tone(90, 440, level=0.55)],
    "warn": [Tone(70, 740), Rest(45), Tone(70, 740), Rest(45), Tone(70, 740)],
    "repeat": [Tone(100, 740), Rest(20), Tone(120, 370)],
    "no": [Tone(350, 220, 165, rough=2.0)],
    "win": [Tone(90, 660), Rest(10), Tone(90, 784), Rest(10), Tone(90, 988), Rest(10), Tone(200, 1319)],
    "help": [Tone(250, 880), Rest(20), Tone(330, 698)],
    "done": [Tone(80, 523, level=0.6), Rest(10), Tone(80, 659, level=0.6), Rest(10), Tone(220, 784, level=0.6)],
}


def tone(part: Tone) -> Samples:
    """A tone with soft ends and a few overtones, so that small speakers carry it."""
    count = round(RATE * part.ms / 1000)
    pitch = np.linspace(part.start_hz, part.end_hz or part.start_hz, count)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    voices = np.sin(phase) + 0.28 * np.sin(2 * phase) + 0.1 * np.sin(3 * phase)
    # Overtones of a low buzz reach the band that a till's speaker has.
    voices += part.rough * sum(np.sin(order * phase) / order for order in (4, 5, 6, 7, 8))
    ramp = min(count // 3, round(RATE * 0.006))
    envelope = np.ones(count)
    envelope[:ramp] = np.sin(np.linspace(0, np.pi / 2, ramp)) ** 2
    envelope[-ramp:] = envelope[:ramp][::-1]
    shaped: Samples = voices * envelope
    level: Samples = part.level * shaped / np.abs(shaped).max()
    return level


def samples(parts: Sequence[Tone | Rest]) -> Samples:
    """All stretches one after the other, at the common peak."""
    pieces = [tone(part) if isinstance(part, Tone) else np.zeros(round(RATE * part.ms / 1000)) for part in parts]
    return PEAK * np.concatenate(pieces)


def wav(parts: Sequence[Tone | Rest]) -> bytes:
    """A mono WAV file of 16 bits."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.round(samples(parts) * 32767).astype("<i2").tobytes())
    return target.getvalue()


def main() -> int:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, parts in SOUNDS.items():
        (FOLDER / f"{name}.wav").write_bytes(wav(parts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
