"""A receipt on screen, as a picture and as a PDF: one drawing for all three; and how the printer is."""
