"""What may not happen to a letter."""

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "notices.not_on_paper": Text(
            "この知らせは、メールで {email} へ送りました。", "This letter goes to {email} by mail."
        ),
    }
)
