"""What may be typed: by applicants (`applicant`, `answer`, `check`), about cases from paper and cases taken up
again (`cases`), about groups (`group`). What the office types on the page of a case is in `office.forms`.
"""
