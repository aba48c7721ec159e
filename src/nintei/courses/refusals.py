"""What may not happen to a course."""

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "courses.already_accredited": Text(
            "{provider}の「{title}」は、{from_on}からの認定がもうあります。",
            "“{title}” by {provider} is already accredited from {from_on}.",
        ),
        "courses.no_time": Text(
            "研修の時間を、1分以上にしてください。", "The course needs at least one minute."
        ),
        "courses.ends_before_it_begins": Text(
            "認定の終わりの日は、始まりの日（{from_on}）からの日にしてください。",
            "The accreditation cannot end before it begins ({from_on}).",
        ),
    }
)
