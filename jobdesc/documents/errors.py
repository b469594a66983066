"""What can go wrong while a document is made."""


class DocumentError(Exception):
    """A document could not be made. The message is for the log, not for the page."""


class PdfUnavailable(DocumentError):
    """PDF cannot be made on this machine: a native library or every font is missing."""


class RenderFailed(DocumentError):
    """The renderer gave up on this one document."""
