"""The end of a day: five steps on one screen, that can be left and gone on with."""
