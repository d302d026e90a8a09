"""The paper policy as data: read back as it was written, and one mistake takes no more than itself out of force."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain import paper_policy
from pos_client.domain.codes.coupon_8110 import PaperPolicy

digits = st.text("0123456789", min_size=6, max_size=12)
policies = st.builds(
    PaperPolicy,
    is_taken=st.booleans(),
    companies=st.frozensets(digits, max_size=4),
    currency=st.sampled_from(["CNY", "USD"]),
    retailer_ids=st.frozensets(digits, max_size=4),
    families=st.dictionaries(
        st.text("0123456789", min_size=14, max_size=14), st.text("0123456789", min_size=3, max_size=3), max_size=4
    ),
    limit_minor=st.integers(0, 10**9),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=14), inner, max_size=4),
)


@given(policies)
def test_what_was_written_is_read(policy: PaperPolicy) -> None:
    assert paper_policy.parse(paper_policy.as_document(policy)) == policy


@given(st.dictionaries(st.sampled_from(sorted(paper_policy.as_document(PaperPolicy()))), anything) | anything)
def test_reading_never_fails_and_takes_no_paper_unless_it_says_so(document: object) -> None:
    said = isinstance(document, dict) and document.get("is_taken") is True

    assert paper_policy.parse(document).is_taken == said


@pytest.mark.parametrize("wrong", ["12", "061414x", 614141, None])
def test_a_wrong_company_among_good_ones_is_left_out(wrong: object) -> None:
    policy = paper_policy.parse({"is_taken": True, "companies": ["0614141", wrong]})

    assert policy.companies == {"0614141"}
