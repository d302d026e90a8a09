"""Nine sounds: made as described, loaded before they are needed, and silent without complaint where nobody can hear."""

import wave
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
from pytestqt.qtbot import QtBot

from pos_client.ui.assets import resources_folder
from pos_client.ui.scan.sound import Sound
from pos_client.ui.sounds import Sounds
from script import screen_facts as facts
from script.clerk_stage import Stage
from script.make_sounds import PEAK, RATE, SOUNDS, wav

APART = 1.3
"""A beat that is a third longer, or comes a third later, is heard by people who are not musicians."""
FOLDER = resources_folder() / "sounds"


def samples(sound: Sound) -> NDArray[np.int16]:
    """Return a file's samples."""
    with wave.open(str(FOLDER / f"{sound.value}.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")


def beats(sound: Sound) -> tuple[tuple[float, float], ...]:
    """Return onset and length of each separate tone that can be heard, in milliseconds."""
    loud = np.flatnonzero(np.abs(samples(sound).astype(np.int32)) > 200)
    # A tone crosses zero all the time; a rest is silent for longer than any period.
    ends = np.flatnonzero(np.diff(loud) > round(RATE * 0.006))
    first, last = loud[np.r_[0, ends + 1]], loud[np.r_[ends, -1]]
    return tuple(
        (float(one) / RATE * 1e3, float(other - one) / RATE * 1e3) for one, other in zip(first, last, strict=True)
    )


def rhythm_factor(one: Sound, other: Sound) -> float:
    """Return by how much a beat is longer, or comes later, in one of two sounds; 1 for the same rhythm."""
    mine, theirs = beats(one), beats(other)
    if len(mine) != len(theirs):
        return float("inf")

    def measures(of: tuple[tuple[float, float], ...]) -> list[float]:
        return [length for _, length in of] + [later[0] - sooner[0] for sooner, later in pairwise(of)]

    return max(max(a / b, b / a) for a, b in zip(measures(mine), measures(theirs), strict=True))


@pytest.mark.parametrize("sound", Sound)
def test_the_files_are_what_the_description_makes(sound: Sound) -> None:
    made = np.frombuffer(wav(SOUNDS[sound.value])[44:], dtype="<i2")

    # The last bit may differ between processors.
    assert np.abs(made.astype(np.int32) - samples(sound).astype(np.int32)).max() <= 1


@pytest.mark.parametrize("sound", Sound)
def test_no_sound_is_louder_than_minus_twelve_decibels(sound: Sound) -> None:
    assert np.abs(samples(sound).astype(np.int32)).max() <= round(PEAK * 32767) + 1


def test_they_have_the_shapes_of_the_paper() -> None:
    assert {sound: len(beats(sound)) for sound in Sound} == {
        Sound.TICK: 1,
        Sound.OK: 2,
        Sound.OK_PENDING: 3,
        Sound.WARN: 3,
        Sound.REPEAT: 2,
        Sound.NO: 1,
        Sound.WIN: 4,
        Sound.HELP: 2,
        Sound.DONE: 3,
    }
    lengths = {
        sound: round(len(samples(sound)) / RATE * 1e3) for sound in (Sound.WIN, Sound.HELP, Sound.DONE, Sound.NO)
    }
    assert lengths == {Sound.WIN: 500, Sound.HELP: 600, Sound.DONE: 400, Sound.NO: 350}


@pytest.mark.parametrize(("one", "other"), list(combinations(Sound, 2)), ids=str)
def test_two_sounds_are_told_apart_by_rhythm_alone(one: Sound, other: Sound) -> None:
    assert rhythm_factor(one, other) >= APART


def test_one_rhythm_is_no_difference() -> None:
    assert rhythm_factor(Sound.OK, Sound.OK) == 1.0


@pytest.mark.parametrize("sound", Sound)
def test_old_ears_and_cheap_speakers_carry_it(sound: Sound) -> None:
    power = np.abs(np.fft.rfft(samples(sound).astype(np.float64))) ** 2
    pitches = np.fft.rfftfreq(len(samples(sound)), 1 / RATE)
    in_band = power[(pitches >= 300) & (pitches <= 2_000)].sum() / power.sum()

    # The rough one is low on purpose; what is rough about it reaches the band.
    assert in_band > (0.3 if sound is Sound.NO else 0.9)


def test_a_machine_without_a_loudspeaker_is_a_state(qtbot: QtBot) -> None:
    sounds = Sounds(resources_folder())
    for sound in Sound:
        sounds.play(sound)

    assert sounds.is_available() in {True, False}


@pytest.fixture
def loudspeaker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Qt say that there is one."""
    monkeypatch.setattr(QMediaDevices, "audioOutputs", lambda: ["one"])


@pytest.mark.qt_log_ignore("QSoundEffect", extend=True)
@pytest.mark.usefixtures("loudspeaker")
def test_each_is_loaded_before_it_is_needed(qtbot: QtBot) -> None:
    sounds = Sounds(resources_folder())

    # Loading has begun, and been asked to play once in silence, before anybody scanned.
    assert set(sounds._effects) == set(Sound)
    assert [sound for sound, effect in sounds._effects.items() if effect.status() is QSoundEffect.Status.Null] == []


@pytest.mark.qt_log_ignore("QSoundEffect", "Error decoding", extend=True)
@pytest.mark.usefixtures("loudspeaker")
def test_a_loudspeaker_that_cannot_play_is_none(qtbot: QtBot, tmp_path: Path) -> None:
    sounds = Sounds(tmp_path)
    said: list[bool] = []
    sounds.availability_changed.connect(said.append)

    qtbot.waitUntil(lambda: not sounds.is_available())
    assert True not in said[-1:]


@pytest.mark.qt_log_ignore("QSoundEffect", extend=True)
@pytest.mark.usefixtures("loudspeaker")
def test_a_muted_station_is_not_heard(qtbot: QtBot) -> None:
    assert not Sounds(resources_folder(), volume=0).is_available()


def test_silence_is_seen(stage: Stage) -> None:
    window = stage.clerk.window
    stage.presenter.on_answer(facts.redeemed())
    stage.clerk._on_sound(True)
    heard = stage.draw(1280, 800), window.top_bar.sound.accessibleName()
    stage.clerk._on_sound(False)
    unheard = stage.draw(1280, 800), window.top_bar.sound.accessibleName()
    strip = window.page.verdict
    place = strip.mapTo(window, strip.rect().topLeft())

    assert (heard[1], unheard[1]) == ("声音正常，按一下试听", "没有声音设备")
    assert window.top_bar.sound.isVisibleTo(window)
    corner = (place.x() + 2, place.y() + 2)
    assert heard[0].pixelColor(*corner).name() == "#007a6e"
    assert unheard[0].pixelColor(*corner).name() == "#ffffff"
