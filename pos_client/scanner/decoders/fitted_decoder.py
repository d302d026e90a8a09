"""The decoder of codes out of focus, behind the same port as the libraries: bands of EAN-13 and UPC-A only.

Apart from the fit, which knows neither pictures nor other decoders.
"""

from pos_client.scanner.decoders.fitted.ends import pairs_of_ends
from pos_client.scanner.decoders.fitted.fit import Fit, fit_ean13, promising
from pos_client.scanner.decoders.fitted.straight import upright
from pos_client.scanner.decoders.port import Manner, Reading
from pos_client.scanner.frame import Pixels
from pos_client.scanner.symbology import Symbologies, Symbology, canonical

_LEAST_POSITIONS = 120
"""Of a line; an EAN-13 has 95 modules."""

_MOST_ROWS = 10
_KINDS: Symbologies = frozenset({Symbology.EAN13, Symbology.UPCA})


class FittedDecoder:
    """Reads EAN-13 and UPC-A across pictures that hold one code laid straight and nothing else."""

    name = "fitted"

    def read(self, grey: Pixels, symbologies: Symbologies, manner: Manner = Manner.ALL) -> list[Reading]:
        """Return the code, doubtful where another number would fit nearly as well (see ``port.Decoder``)."""
        if grey.size == 0 or grey.shape[1] < _LEAST_POSITIONS or not symbologies & _KINDS:
            return []
        step = max(1, len(grey) // _MOST_ROWS)
        rows = grey[step // 2 :: step][:_MOST_ROWS]
        if not pairs_of_ends(rows.mean(axis=0)):
            return []
        lines = upright(rows)
        ways = promising(lines.mean(axis=0))
        readings = []
        for part in _parts(len(lines), manner) if ways else ():
            fit = fit_ean13(lines[part].mean(axis=0), ways)
            if fit is not None and fit.is_likely:
                readings.append(_reading(fit, part.start * step, part.stop * step - 1))
        return [reading for reading in readings if reading.symbology in symbologies]


def _parts(rows: int, manner: Manner) -> list[slice]:
    if manner is Manner.HALVES and rows > 1:
        return [slice(0, rows // 2), slice(rows // 2, rows)]
    return [slice(0, rows)]


def _reading(fit: Fit, top: int, bottom: int) -> Reading:
    text, kind = canonical(fit.text, Symbology.EAN13)
    left, right = round(fit.left), round(fit.right)
    outline = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Reading(text, kind, outline, doubtful=not fit.is_sure)
