"""Put this clone on its environment's path and write the `nintei` launcher.

Instead of an editable install, which would fetch a build tool for a package that needs no building.
Run by the environment's own Python, with nothing but the standard library.
"""

from __future__ import annotations

import shlex
import sys
import sysconfig
from pathlib import Path

CLONE = Path(__file__).resolve().parent.parent
LAUNCHER = """\
#!/bin/sh
[ -n "$NINTEI_HOME" ] || NINTEI_HOME={clone}
export NINTEI_HOME
exec {python} -P -c 'import sys; from nintei.site.cli import main; sys.exit(main())' "$@"
"""


def main() -> None:
    """Write `nintei.pth` and `bin/nintei` of the environment that runs this."""
    site_packages = Path(sysconfig.get_path("purelib"))
    (site_packages / "nintei.pth").write_text(f"{CLONE / 'src'}\n", "utf-8")
    launcher = Path(sys.prefix) / "bin" / "nintei"
    launcher.unlink(missing_ok=True)
    words = LAUNCHER.format(clone=shlex.quote(str(CLONE)), python=shlex.quote(sys.executable))
    launcher.write_text(words, "utf-8")
    launcher.chmod(0o755)


if __name__ == "__main__":
    main()
