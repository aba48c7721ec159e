"""Faults made on purpose, with real means: SIGKILL, a limit on file sizes, two processes at once (promise P1).

| fault | where |
|---|---|
| killed at every write of certify and issue | `test_issuing` |
| the disk is full | `test_issuing` |
| two issuers by mistake | `test_issuing` |
| the signer killed at any of its steps, then started again, or given an old backup | `test_signer` |
| killed at every write of an import and of a settlement | `payments/tests/test_killed` |
| a file of the tree spoilt, the anchor gone, an old backup | `journal/tests/test_signer` |

Each has a control with its guard off that must fail. `NINTEI_KILL_STEP=1` kills at every write instead of at every
third (some minutes).
"""
