"""What is wrong with a whole file of wage figures, in words for the person who has it."""


class NotRead(Exception):
    """A file that cannot be read; the message says what is wrong and what to do."""

    is_refusal = True


CUT_OFF = "This file ends too early: it was cut off on its way. Download it again, then import it."
TOO_LARGE = "Unpacked, this file is larger than any of the survey's. Import the file as published."
NOT_A_TABLE = "This file is no table. Import an xlsx, csv or zip file of the survey."
