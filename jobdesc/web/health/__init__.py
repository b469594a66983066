"""Whether this server can do its work, for who watches over it."""

from jobdesc.web.health.views import bp

__all__ = ["bp"]
