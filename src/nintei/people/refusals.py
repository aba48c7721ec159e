"""What may not happen to an account."""

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "people.email_taken": Text(
            "{email} は、もう登録されています。サインインしてください。",
            "{email} is already registered. Please sign in.",
        ),
        "people.kana_only": Text(
            "フリガナは、カタカナで書いてください。書かれた文字：{kana}",
            "Please write the reading of the name in katakana. You wrote: {kana}",
        ),
        "people.role_held": Text(
            "{name}さんは、もうこの役割を持っています。", "{name} already holds this role."
        ),
        "people.role_not_held": Text(
            "{name}さんは、この役割を持っていません。", "{name} does not hold this role."
        ),
        "people.role_ends_before_it_begins": Text(
            "役割を終える日は、始めた日（{from_on}）からの日にしてください。",
            "A role cannot end before the day it began ({from_on}).",
        ),
        "people.not_a_demo": Text(
            "デモではないので、日を動かせません。", "This is not a demo: the day cannot be set."
        ),
    }
)
