"""Faults of the world: what the program can meet without being wrong itself.

::

    PosError                    the world says no: a reason code, a sentence, a next step
      UsageError                what was asked for cannot be done as asked (exit 2)
        BasketInvalid           the basket file is not a basket, or its lines do not add up
        HostDataInvalid         a receipt, a file or a mapping of the host till cannot be read
      PictureUnreadable         torn, empty, too large or no picture at all
      CameraUnavailable         not there, lost, in use, not permitted
      GunUnavailable            the scanner gun on a serial line
        GunAbsent
        GunDenied
        GunBusy
        GunLost
      PrinterUnavailable        the receipt printer: printer_errors
      ScanUnreadable            a gun sent what is no text
      DecoderMissing            a decoder library cannot be loaded
      StorageUnavailable        the disk refuses
        DiskFull
        JournalHeld             another program writes this journal
        JournalDamaged          the chain is broken
        SchemaTooNew            written by a newer program
        CacheMissing            no data was ever fetched
      NotEnrolled               this home has no device yet
      SettingsInvalid
      ServerUnreachable         no reply that counts as ours (transient)
      ServerRefused             an answer of the server about this request
        DeviceRevoked
        DeviceForked
        CursorExpired
      SnapshotInvalid           signature, checksum, generation or shape is wrong
      BundleDamaged             a file that carries sync by hand: cut off or altered
      BundleForeign             the same: another store's, or not the centre's
      BridgeUnavailable         the port for the host till cannot be opened
      HostRefused               what the host till asks for cannot be done now
        HostTotalDiffers        it charged something else than was agreed
      SealKeyMissing            the policy names no key to which a phone could be sealed

A refusal at the till is no error but a value (``verdict.Verdict``). Errors carry facts; the words stand apart.
Anything that is not a PosError is a bug and goes to the crash handler.
"""

from enum import StrEnum
from typing import ClassVar


class PosError(Exception):
    """A fault of the world.

    Attributes:
        reason: stable code, also the key of its sentences.
        exit_code: what a command ends with.
        facts: what the sentence names; never personal data.
    """

    reason: ClassVar[str] = "fault"
    exit_code: ClassVar[int] = 1

    def __init__(self, detail: str = "", **facts: str | int) -> None:
        super().__init__(detail or self.reason)
        self.detail = detail
        self.facts = facts


class UsageError(PosError):
    """What was asked for cannot be done as asked."""

    reason = "usage"
    exit_code = 2


class BasketInvalid(UsageError):
    """The basket is no basket: not a file, not JSON, a field is wrong, or the lines do not add up."""

    reason = "basket-invalid"


class HostDataInvalid(UsageError):
    """What the host till sent is no receipt: not text, not JSON, a field is wrong, or the lines do not add up."""

    reason = "host-data-invalid"


class PictureUnreadable(PosError):
    """A picture file is torn, empty, too large, a folder, or no picture."""

    reason = "picture-unreadable"


class CameraTrouble(StrEnum):
    """Why there is no picture; each has its own sentence and its own next step.

    ``NO_CAMERA`` is no fault: this machine has none at all, as a counter with a gun alone. ``NO_VIDEO`` is the only one
    with which trying again does not help: the file or folder that stands for a camera holds no picture.
    """

    UNPLUGGED = "unplugged"
    STALLED = "stalled"
    ENDED = "ended"
    NO_CAMERA = "no-camera"
    NO_SUCH_DEVICE = "no-such-device"
    NOT_A_CAMERA = "not-a-camera"
    IN_USE = "in-use"
    PERMISSION = "permission"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    NOT_AUTHORISED = "not-authorised"
    NO_VIDEO = "no-video"


class CameraUnavailable(PosError):
    """The camera gives no picture; ``trouble`` says why, and is the fact ``why`` of the sentence.

    Args:
        detail: for the log; never with a password in it.
        trouble: why; a camera that simply went away unless told otherwise.
    """

    reason = "camera-unavailable"

    def __init__(self, detail: str = "", trouble: CameraTrouble = CameraTrouble.UNPLUGGED, **facts: str | int) -> None:
        super().__init__(detail, why=trouble.value, **facts)
        self.trouble = trouble


class GunUnavailable(PosError):
    """The serial line of a scanner gun cannot be used; a gun that types like a keyboard and the camera still can."""

    reason = "gun-unavailable"


class GunAbsent(GunUnavailable):
    """No such port, or nobody answers at the other end of the network."""

    reason = "gun-absent"


class GunDenied(GunUnavailable):
    """This user may not open the port."""

    reason = "gun-denied"


class GunBusy(GunUnavailable):
    """Another program holds the port."""

    reason = "gun-busy"


class GunLost(GunUnavailable):
    """It was there and was unplugged or switched off."""

    reason = "gun-lost"


class ScanUnreadable(PosError):
    """A gun sent something that is no text: garbled, without an end, or too long; ``why`` says which."""

    reason = "scan-unreadable"


class DecoderMissing(PosError):
    """A decoder library cannot be loaded on this machine."""

    reason = "decoder-missing"


class StorageUnavailable(PosError):
    """The disk refuses to read or write."""

    reason = "storage-unavailable"


class DiskFull(StorageUnavailable):
    """No space is left; nothing was accepted."""

    reason = "disk-full"


class JournalHeld(StorageUnavailable):
    """Another program (the window, or another command) writes this journal."""

    reason = "journal-held"


class JournalDamaged(StorageUnavailable):
    """The journal's chain does not hold; it is read-only until a person decides."""

    reason = "journal-damaged"


class SchemaTooNew(StorageUnavailable):
    """The file was written by a newer program; this one must not guess."""

    reason = "schema-too-new"


class CacheMissing(StorageUnavailable):
    """No data was ever fetched from the server."""

    reason = "cache-missing"


class NotEnrolled(PosError):
    """This home folder belongs to no device yet."""

    reason = "not-enrolled"


class SettingsInvalid(PosError):
    """The settings file has an unknown key or a wrong value."""

    reason = "settings-invalid"


class ServerUnreachable(PosError):
    """No reply, or one that is not ours (a portal's page, a proxy's error): try again later."""

    reason = "server-unreachable"


class ServerRefused(PosError):
    """The server answered this request with an error of its own.

    Attributes:
        status: HTTP status.
        problem: the ``urn:rdm:`` code without its prefix (RFC 9457 ``type``).
        retry: never, same, after, resign or reenrol.
    """

    reason = "server-refused"

    def __init__(
        self, detail: str = "", *, status: int = 0, problem: str = "", retry: str = "never", **facts: str | int
    ) -> None:
        super().__init__(detail, **facts)
        self.status = status
        self.problem = problem
        self.retry = retry


class DeviceRevoked(ServerRefused):
    """The centre has revoked this device: it may only deliver what it still holds."""

    reason = "device-revoked"


class DeviceForked(ServerRefused):
    """Two machines speak with this device's name, or an old copy of it came back."""

    reason = "device-forked"


class CursorExpired(ServerRefused):
    """The change cursor is too old: a new snapshot is needed."""

    reason = "cursor-expired"


class SnapshotInvalid(PosError):
    """A snapshot or page of changes is not what its signature, checksum or generation promised."""

    reason = "snapshot-invalid"


class BundleDamaged(PosError):
    """Bytes of a file that carries sync by hand are missing or changed; nothing of it was taken."""

    reason = "bundle-damaged"


class BundleForeign(PosError):
    """It is for another store, or the centre that this lane trusts did not sign it."""

    reason = "bundle-foreign"


class BridgeUnavailable(PosError):
    """The loopback port for the host till cannot be opened."""

    reason = "bridge-unavailable"


class HostRefused(PosError):
    """What the host till asks for cannot be done; ``problem`` says why."""

    reason = "host-refused"


class HostTotalDiffers(HostRefused):
    """The host till charged something else (``stated_minor``) than was agreed (``agreed_minor``)."""

    reason = "host-total-differs"


class SealKeyMissing(PosError):
    """The centre's policy names no key to seal to: an older centre, or a policy that is still to come."""

    reason = "seal-key-missing"
