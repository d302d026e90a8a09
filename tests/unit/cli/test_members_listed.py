"""Several members of one phone, as a command says it: a line for each, with what tells them apart."""

from datetime import date
from pathlib import Path

from pos_client.cli.verdict_document import verdict_document, verdict_lines
from pos_client.config.wording import Wording
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import MemberView, Verdict, VerdictKind

WORDING = Wording.load(Path(__file__).resolve().parents[3] / "resources")
BOTH = (
    MemberView("m7", "王** 138****8000", "gold", owner_store="人民路店", since=date(2024, 5, 1)),
    MemberView("m8", "王** 138****8000", "silver"),
)


def test_each_of_them_has_a_line_and_a_reference() -> None:
    verdict = Verdict(VerdictKind.REFUSED, Reason.SEVERAL_MEMBERS, {"count": 2}, members=BOTH)

    lines = verdict_lines(verdict, WORDING, "zh").splitlines()

    assert lines[0] == "请选会员"
    assert [line.split() for line in lines if "138****8000" in line] == [
        ["王**", "138****8000", "gold", "人民路店", "2024-05-01", "m7"],
        ["王**", "138****8000", "silver", "m8"],
    ]
    assert [one["ref"] for one in verdict_document(verdict, WORDING)["members"]] == ["m7", "m8"]
