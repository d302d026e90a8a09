"""What the trade is: codes, offers, verdicts, the journal entry. Standard library only."""
