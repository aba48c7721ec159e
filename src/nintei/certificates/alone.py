"""One thread at a time in asn1crypto and PDFium, which know no threads.

asn1crypto makes its tables when they are first asked for: two threads that ask at once leave one half made, and every
signature of the process fails from then on. PDFium's own words: no two calls at once.
"""

import threading

ALONE = threading.RLock()
