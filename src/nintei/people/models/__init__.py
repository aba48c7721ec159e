"""What is kept of people: accounts, names, roles, merges, requests. No workflow, no clock."""

from nintei.people.models.accounts import Person, PersonManager
from nintei.people.models.keeping import DemoCalendar, OnceKey
from nintei.people.models.merging import Merge, MergeMove, MergeState
from nintei.people.models.names import FormerName, NameEvidence, NameState
from nintei.people.models.requests import DataRequest, RequestKind, RequestState
from nintei.people.models.roles import Proposed, Role, RoleChange, RoleGrant, RoleProposal

__all__ = [
    "DataRequest",
    "DemoCalendar",
    "FormerName",
    "Merge",
    "MergeMove",
    "MergeState",
    "NameEvidence",
    "NameState",
    "OnceKey",
    "Person",
    "PersonManager",
    "Proposed",
    "RequestKind",
    "RequestState",
    "Role",
    "RoleChange",
    "RoleGrant",
    "RoleProposal",
]
