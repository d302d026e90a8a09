"""What a lane asks its journal each second is answered from the few, not from a month's entries."""

from pos_client.storage import journal_sql
from pos_client.storage.journal import SqlJournal


def steps(journal: SqlJournal, question: str) -> list[str]:
    """Return how SQLite goes about a question, its outermost step first."""
    return [str(row[3]) for row in journal._file.rows(f"EXPLAIN QUERY PLAN {question}", {})]


def test_late_refusals_are_looked_for_among_late_answers(journal: SqlJournal) -> None:
    first, *others = steps(journal, journal_sql.LATE)

    assert first == "SCAN l"
    assert [step for step in others if step.startswith("SCAN")] == []


def test_a_walk_of_all_redemptions_is_seen(journal: SqlJournal) -> None:
    first, *_ = steps(journal, journal_sql.LATE.replace("CROSS JOIN", "JOIN"))

    assert first.startswith("SCAN e ")
