"""How a task given to a worker process can end, other than well."""


class WorkerError(Exception):
    """The task gave no result. The message is for the log, not for the page."""


class PoolBusy(WorkerError):
    """Too many tasks are waiting; busy, try again."""


class PoolClosed(WorkerError):
    """The pool was shut down, and takes no more tasks."""


class RenderCrashed(WorkerError):
    """The worker process died during the task: killed, out of memory or out of CPU time."""


class RenderTimedOut(WorkerError):
    """The task ran past its time limit and was stopped."""


class EntryFailed(WorkerError):
    """The entry point raised. `kind` is the exception's class name, such as PdfUnavailable."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
