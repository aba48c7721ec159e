"""The people of the demo, by the name before `@example.jp`. The same cast plays in tests and manuals."""

from __future__ import annotations

from nintei.rules.edition import Text

DOMAIN = "example.jp"

CAST: dict[str, Text] = {
    "sato": Text("認定を申請します", "applies"),
    "suzuki": Text("OMPを保有し、CPDを記録します", "holds OMP and logs CPD"),
    "ogawa": Text("OMPの更新が監査に選ばれました", "has a renewal that was drawn for an audit"),
    "tanaka": Text("何も保有していません", "holds nothing"),
    "abe": Text("業務経験を証明します", "attests"),
    "ito": Text("審査します", "reviews"),
    "kato": Text("決定します", "decides"),
    "mori": Text("会計を担当します", "keeps the accounts"),
    "academy": Text("研修を提供します", "is a provider"),
    "board": Text("統計を見ます", "reads figures"),
}
