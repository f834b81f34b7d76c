"""What the default patterns make of activities as people and systems write them."""

import pytest

from fairgate.engines.customers import BadPattern, Kind, Patterns


def kind(activity: str, patterns: Patterns | None = None) -> Kind:
    return Kind(int((patterns or Patterns()).kinds([activity])[0]))


@pytest.mark.parametrize(
    "activity",
    [
        "Declaration FINAL_APPROVED by SUPERVISOR",
        "Permit APPROVED by PRE_APPROVER",
        "approve",
        "Approve request",
        "QA approves batch",
        "Approval",
        "Release batch",
        "released",
        "A_ACCEPTED",
        "certified by auditor",
        "Request approved",
    ],
)
def test_approvals_are_recognised(activity: str) -> None:
    assert kind(activity) is Kind.APPROVE


@pytest.mark.parametrize(
    "activity",
    [
        "Declaration REJECTED by EMPLOYEE",
        "reject",
        "Refused",
        "A_DECLINED",
        "Application denied",
        "disapproved by legal",
        "Not approved",
        "NOT_RELEASED",
        "non-accepted",
        "Approval denied",
        "Rejection",
    ],
)
def test_rejections_are_recognised_before_the_approval_they_mention(activity: str) -> None:
    assert kind(activity) is Kind.REJECT


@pytest.mark.parametrize(
    "activity", ["Returned for rework", "return", "O_SENT_BACK", "Send back to author", "RETURNED by QA"]
)
def test_returns_are_recognised(activity: str) -> None:
    assert kind(activity) is Kind.RETURN


@pytest.mark.parametrize(
    "activity",
    [
        "Store unreleased batch",
        "Inspect returned goods",
        "Return parcel",
        "Scrap rejected parts",
        "Send for approval",
        "Request approval",
        "Awaiting release",
        "Approval requested",
        "Approval request sent",
        "To be approved",
        "Not yet approved",
        "Declaration SUBMITTED by APPROVALS OFFICE",
        "Declaration SAVED by PRE_APPROVER",
        "Start return trip",
        "Print certificate",
        "Identify risk",
        "not rejected",
        "Confirmation of receipt",
    ],
)
def test_work_that_only_mentions_a_decision_stays_work(activity: str) -> None:
    assert kind(activity) is Kind.WORK


def test_ones_own_patterns_replace_the_defaults_and_ignore_case() -> None:
    patterns = Patterns(approve="freigegeben", reject="gesperrt", return_="")
    assert kind("Charge FREIGEGEBEN", patterns) is Kind.APPROVE
    assert kind("Charge gesperrt", patterns) is Kind.REJECT
    assert kind("approved", patterns) is Kind.WORK
    assert kind("returned", patterns) is Kind.WORK


def test_a_pattern_that_cannot_be_read_is_named() -> None:
    with pytest.raises(BadPattern, match=r"The pattern \(open can't be read"):
        kind("x", Patterns(approve="(open"))
