"""What can be done to accounts. Everything is recorded, nothing is deleted, no password is written down."""

from fairgate.people.actions.accounts import (
    add_person,
    change_person,
    disable,
    enable,
    review_access,
    set_roles,
)
from fairgate.people.actions.first import first_steward
from fairgate.people.actions.passwords import (
    Link,
    change_password,
    give_link,
    set_password_by_link,
    sign_out_everywhere,
)
from fairgate.people.actions.sign_in import sign_in_failed, signed_in, signed_out

__all__ = [
    "Link",
    "add_person",
    "change_password",
    "change_person",
    "disable",
    "enable",
    "first_steward",
    "give_link",
    "review_access",
    "set_password_by_link",
    "set_roles",
    "sign_in_failed",
    "sign_out_everywhere",
    "signed_in",
    "signed_out",
]
