"""indexes of what tells that the library changed, and of what a list counts; rarer merges of the
full text

Follows 0011.
"""

from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

RARELY, AS_BEFORE = 16, 4
"""How many pieces of the full text of SQLite are left before a save has to merge them."""


def upgrade() -> None:
    """Go to this revision."""
    op.create_index('ix_reference_marks', 'reference', ['name', 'body_hash', 'changed_at'], unique=False)
    op.create_index('ix_role_marks', 'role', ['slug', 'body_hash', 'counter', 'changed_at', 'extends', 'retired_at', 'shipped_hash', 'edition_hash'], unique=False)
    op.create_index('ix_posting_list_by_id', 'posting', ['id', 'touched', 'archived_at', 'owner_id', 'status', 'role_slug', 'level_rank', 'state'], unique=False)
    _merge_after(RARELY)


def downgrade() -> None:
    """Go back to the revision before."""
    _merge_after(AS_BEFORE)
    op.drop_index('ix_posting_list_by_id', table_name='posting')
    op.drop_index('ix_role_marks', table_name='role')
    op.drop_index('ix_reference_marks', table_name='reference')


def _merge_after(pieces: int) -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(f"INSERT INTO search_text(search_text, rank) VALUES ('automerge', {pieces})")
