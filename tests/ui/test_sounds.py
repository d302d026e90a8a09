"""Six sounds: made as described, loaded before they are needed, and silent without complaint where nobody can hear."""

import wave

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from pos_client.ui.assets import resources_folder
from pos_client.ui.scan.sound import Sound
from pos_client.ui.sounds import Sounds
from script.make_sounds import PEAK, RATE, SOUNDS, Tone, wav

FOLDER = resources_folder() / "sounds"


def samples(sound: Sound) -> NDArray[np.int16]:
    """Return a file's samples."""
    with wave.open(str(FOLDER / f"{sound.value}.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")


def beats(sound: Sound) -> int:
    """Return how many separate tones can be heard."""
    loud = np.abs(samples(sound).astype(np.int32)) > 200
    # A tone crosses zero all the time; a rest is silent for longer than any period.
    gap = round(RATE * 0.006)
    edges = np.flatnonzero(loud)
    return int((np.diff(edges) > gap).sum()) + 1


@pytest.mark.parametrize("sound", Sound)
def test_the_files_are_what_the_description_makes(sound: Sound) -> None:
    made = np.frombuffer(wav(SOUNDS[sound.value])[44:], dtype="<i2")

    # The last bit may differ between processors.
    assert np.abs(made.astype(np.int32) - samples(sound).astype(np.int32)).max() <= 1


@pytest.mark.parametrize("sound", Sound)
def test_no_sound_is_louder_than_minus_twelve_decibels(sound: Sound) -> None:
    assert np.abs(samples(sound).astype(np.int32)).max() <= round(PEAK * 32767) + 1


def test_they_are_told_apart_by_rhythm() -> None:
    rhythms = {sound: beats(sound) for sound in Sound}

    assert rhythms == {
        Sound.TICK: 1,
        Sound.OK: 2,
        Sound.OK_PENDING: 3,
        Sound.WARN: 3,
        Sound.REPEAT: 2,
        Sound.NO: 1,
    }
    tick, no = (sum(part.ms for part in SOUNDS[name] if isinstance(part, Tone)) for name in ("tick", "no"))
    assert no > 10 * tick


def test_a_machine_without_a_loudspeaker_is_a_state(qtbot: QtBot) -> None:
    sounds = Sounds(resources_folder())
    for sound in Sound:
        sounds.play(sound)

    assert sounds.is_available() in {True, False}
