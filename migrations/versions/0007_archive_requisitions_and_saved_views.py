"""archived postings, requisition numbers that lists show, and saved views

Follows 0006.
"""

import json
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

SORTS = ('changed_at', 'title_key', 'role_slug', 'level_rank', 'place_key', 'status', 'owner_id', 'pay_order')
FORMER = ('touched', 'owner_id', 'status', 'role_slug', 'level_rank', 'state')
FILTERS = ('touched', 'archived_at', 'owner_id', 'status', 'role_slug', 'level_rank', 'state')
COLUMNS = ('requisition', 'requisition_key', 'archived_at', 'archived_by')
AT_ONCE = 500


def upgrade() -> None:
    """Go to this revision."""
    op.add_column('posting', sa.Column('requisition', sa.Text(), nullable=False, server_default=''))
    op.add_column('posting', sa.Column('requisition_key', sa.String(length=100), nullable=False, server_default=''))
    op.add_column('posting', sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True))
    # Written out: Alembic adds no column with a foreign key to a table of SQLite without a copy.
    op.execute('ALTER TABLE posting ADD COLUMN archived_by INTEGER'
               ' CONSTRAINT fk_posting_archived_by REFERENCES person (id)')
    _fill()
    _list_by(FILTERS)
    op.drop_index(op.f('ix_posting_owner_id_changed_at'), table_name='posting')
    op.create_index(op.f('ix_posting_owner_id_changed_at_touched_archived_at'), 'posting', ['owner_id', 'changed_at', 'touched', 'archived_at'], unique=False)
    op.create_index(op.f('ix_posting_requisition_key'), 'posting', ['requisition_key'], unique=False)
    archived = sa.text('archived_at IS NOT NULL')
    op.create_index('archived_posting', 'posting', ['archived_by', 'archived_at'], unique=False, sqlite_where=archived, postgresql_where=archived)
    op.create_table('saved_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('name_key', sa.String(length=100), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_saved_view_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_saved_view_person_id_name_key'), 'saved_view', ['person_id', 'name_key'], unique=True)
    op.create_index(op.f('ix_saved_view_shared'), 'saved_view', ['shared'], unique=False)


def downgrade() -> None:
    """Go back to the one before. What was archived is in the lists again."""
    op.drop_table('saved_view')
    op.drop_index('archived_posting', table_name='posting')
    op.drop_index(op.f('ix_posting_requisition_key'), table_name='posting')
    op.drop_index(op.f('ix_posting_owner_id_changed_at_touched_archived_at'), table_name='posting')
    op.create_index(op.f('ix_posting_owner_id_changed_at'), 'posting', ['owner_id', 'changed_at'], unique=False)
    _list_by(FORMER)
    with op.batch_alter_table('posting', schema=None) as batch_op:
        for column in COLUMNS:
            batch_op.drop_column(column)


def _list_by(filters: tuple[str, ...]) -> None:
    """The indexes of the list again, with all that it is filtered by."""
    for column in SORTS:
        others = [name for name in filters if name != column]
        op.drop_index(f'ix_posting_list_by_{column}', table_name='posting')
        op.create_index(f'ix_posting_list_by_{column}', 'posting', [column, 'id', *others], unique=False)


def _fill() -> None:
    """Read the requisition numbers from the bodies."""
    names = ('id', 'body', 'requisition', 'requisition_key')
    posting = sa.table('posting', *(sa.column(name, sa.JSON() if name == 'body' else None) for name in names))
    connection = op.get_bind()
    last = 0
    page = sa.select(posting.c.id, posting.c.body).order_by(posting.c.id).limit(AT_ONCE)
    update = sa.update(posting).where(posting.c.id == sa.bindparam('of'))
    update = update.values(requisition=sa.bindparam('number'), requisition_key=sa.bindparam('key'))
    while rows := connection.execute(page.where(posting.c.id > last)).all():
        if values := [_values(row) for row in rows if _number(row)]:
            connection.execute(update, values)
        last = rows[-1].id


def _values(row: sa.Row) -> dict[str, object]:
    return {'of': row.id, 'number': _number(row), 'key': _key(_number(row))}


def _number(row: sa.Row) -> str:
    body = json.loads(row.body) if isinstance(row.body, str) else row.body
    return body.get('requisition', '')


def _key(text: str) -> str:
    plain = unicodedata.normalize('NFKD', text)
    return ''.join(c for c in plain if not unicodedata.combining(c)).casefold()[:100]
