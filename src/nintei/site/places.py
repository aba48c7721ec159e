"""Where an installation keeps what it writes. Imports nothing of Django, so that commands start quickly."""

from __future__ import annotations

import os
from pathlib import Path

HOME = Path(os.environ.get("NINTEI_HOME", Path.cwd())).resolve()
VAR = Path(os.environ.get("NINTEI_VAR", HOME / "var")).resolve()
