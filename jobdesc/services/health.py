"""Whether the database is reached, and bringing its tables up to date."""

from alembic.runtime.migration import MigrationContext
from flask_migrate import upgrade

from jobdesc.store.transactions import StoreBusy, reading, told


def database_reached() -> bool:
    """Whether the database answers and has our tables."""
    try:
        with reading() as session:
            return bool(MigrationContext.configure(session.connection()).get_current_heads())
    except StoreBusy:
        return False


def bring_up_to_date() -> None:
    """Make or migrate the tables; raises StoreBusy."""
    with told():
        upgrade()
