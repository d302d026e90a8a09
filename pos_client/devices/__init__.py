"""What the lane reaches for outside itself: scanner guns, printers, serial lines. No Qt here."""
