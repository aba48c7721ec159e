"""The CPD passport: a holder's whole record as a signed file that another association can check (decision 0034).

`record` gathers what the holder lets out, `document` words it as a ClrCredential (1EdTech CLR 2.0 on VC 2.0),
`paper` prints it. It says what was on record on a day, and nothing about any later one.
"""
