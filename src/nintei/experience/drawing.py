"""A signature drawn in the browser: a picture in a text box, taken in like any file (P9)."""

from __future__ import annotations

import base64
import binascii

from django.core.files.base import ContentFile

from nintei.shared.files import TakenFile, take_in
from nintei.shared.refusals import Refused

PREFIX = "data:image/png;base64,"
# 600 × 200 points in black are some 10 KB.
MOST_BYTES = 200 * 1024


def picture_of(drawn: str) -> TakenFile | None:
    """The drawn signature as a kept PNG; None where nothing was drawn. Refused: anything else than a PNG."""
    if not drawn:
        return None
    try:
        data = base64.b64decode(drawn.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise Refused("experience.bad_drawing") from None
    if not drawn.startswith(PREFIX) or len(data) > MOST_BYTES or not data.startswith(b"\x89PNG"):
        raise Refused("experience.bad_drawing")
    return take_in(ContentFile(data, name="signature.png"))
