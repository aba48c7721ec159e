"""Posts, who was asked about them and what they said, what may stand in for experience. No workflow, no clock."""

from nintei.experience.models.asking import (
    Answer,
    AskedPost,
    AttestationRequest,
    AttestorBox,
    Channel,
    DrawnSignature,
    HalfAnswer,
    Link,
    Relation,
    RequestState,
    Scan,
    Statement,
)
from nintei.experience.models.posts import HalfPost, Leave, Post, PostField, Precision
from nintei.experience.models.substitution import (
    Substitution,
    SubstitutionFile,
    SubstitutionGrant,
    SubstitutionKind,
)
from nintei.experience.models.traces import Side, Trace

__all__ = [
    "Answer",
    "AskedPost",
    "AttestationRequest",
    "AttestorBox",
    "Channel",
    "DrawnSignature",
    "HalfAnswer",
    "HalfPost",
    "Leave",
    "Link",
    "Post",
    "PostField",
    "Precision",
    "Relation",
    "RequestState",
    "Scan",
    "Side",
    "Statement",
    "Substitution",
    "SubstitutionFile",
    "SubstitutionGrant",
    "SubstitutionKind",
    "Trace",
]
