"""The application as servers and the `flask` command find it."""

from jobdesc.app import create_app
from jobdesc.config import ConfigError

try:
    app = create_app()
except ConfigError as error:
    raise SystemExit(f"Error: {error}") from None
