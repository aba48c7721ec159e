"""`python -m nintei.site.postgres`: says which PostgreSQL would be used; exit 1 if there is none."""

import sys

from nintei.site.postgres.binaries import NoPostgres, newest_binaries

try:
    found = newest_binaries()
except NoPostgres as missing:
    sys.exit(str(missing))
print(f"PostgreSQL {found.version} in {found.folder}")
