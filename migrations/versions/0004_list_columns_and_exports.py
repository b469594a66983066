"""columns and indexes that lists sort by, and zips of many postings

Follows 0003.
"""

import json
import re
import unicodedata
from decimal import Decimal

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

SORTS = ('changed_at', 'title_key', 'role_slug', 'level_rank', 'place_key', 'status', 'owner_id', 'pay_order')
FILTERS = ('touched', 'owner_id', 'status', 'role_slug', 'level_rank', 'state')
COLUMNS = ('title_key', 'place_key', 'level_rank', 'pay_low_cents', 'pay_high_cents', 'pay_unit', 'pay_order')
LEVELS = ('entry', 'mid', 'senior', 'lead', 'director')
AMOUNT = re.compile(r'^\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?\s*(k)?$', re.ASCII | re.IGNORECASE)
AT_ONCE = 500


def upgrade() -> None:
    """Go to this revision."""
    for column in (
        sa.Column('title_key', sa.String(length=100), nullable=False, server_default=''),
        sa.Column('place_key', sa.String(length=100), nullable=False, server_default=''),
        sa.Column('level_rank', sa.Integer(), nullable=False, server_default='0'),
        sa.Column('pay_low_cents', sa.BigInteger(), nullable=True),
        sa.Column('pay_high_cents', sa.BigInteger(), nullable=True),
        sa.Column('pay_unit', sa.String(length=10), nullable=False, server_default='year'),
        sa.Column('pay_order', sa.BigInteger(), nullable=False, server_default='0'),
    ):
        op.add_column('posting', column)
    _fill()
    op.drop_index(op.f('ix_posting_changed_at'), table_name='posting')
    for column in SORTS:
        others = [name for name in FILTERS if name != column]
        op.create_index(f'ix_posting_list_by_{column}', 'posting', [column, 'id', *others], unique=False)
    op.create_index(op.f('ix_posting_touched_state'), 'posting', ['touched', 'state'], unique=False)
    op.create_table('export',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('formats', sa.String(length=10), nullable=False),
    sa.Column('postings', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('failed', sa.JSON(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lease', sa.String(length=32), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('file', sa.String(length=40), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('seen', sa.Boolean(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_export_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_export_person_id_state'), 'export', ['person_id', 'state'], unique=False)
    op.create_index(op.f('ix_export_state_asked_at'), 'export', ['state', 'asked_at'], unique=False)
    op.create_index(op.f('ix_export_expires_at'), 'export', ['expires_at'], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table('export')
    op.drop_index(op.f('ix_posting_touched_state'), table_name='posting')
    for column in SORTS:
        op.drop_index(f'ix_posting_list_by_{column}', table_name='posting')
    op.create_index(op.f('ix_posting_changed_at'), 'posting', ['changed_at'], unique=False)
    with op.batch_alter_table('posting', schema=None) as batch_op:
        for column in COLUMNS:
            batch_op.drop_column(column)


def _fill() -> None:
    """Read the columns from the title, place, level and body of each posting."""
    names = ('id', 'title', 'place', 'level', 'body', *COLUMNS)
    posting = sa.table('posting', *(sa.column(name, sa.JSON() if name == 'body' else None) for name in names))
    connection = op.get_bind()
    last = 0
    page = sa.select(*(posting.c[name] for name in names[:5])).order_by(posting.c.id).limit(AT_ONCE)
    update = sa.update(posting).where(posting.c.id == sa.bindparam('of'))
    update = update.values({column: sa.bindparam(column) for column in COLUMNS})
    while rows := connection.execute(page.where(posting.c.id > last)).all():
        connection.execute(update, [_values(row) for row in rows])
        last = rows[-1].id


def _values(row: sa.Row) -> dict[str, object]:
    body = json.loads(row.body) if isinstance(row.body, str) else row.body
    low, high = _cents(body.get('pay_low', '')), _cents(body.get('pay_high', ''))
    unit = body.get('pay_unit', 'year')
    return {
        'of': row.id, 'title_key': _key(row.title), 'place_key': _key(row.place),
        'level_rank': LEVELS.index(row.level), 'pay_low_cents': low, 'pay_high_cents': high,
        'pay_unit': unit, 'pay_order': (low or high or 0) * (2_080 if unit == 'hour' else 1),
    }


def _key(text: str) -> str:
    plain = unicodedata.normalize('NFKD', text)
    return ''.join(c for c in plain if not unicodedata.combining(c)).casefold()[:100]


def _cents(text: str) -> int | None:
    found = AMOUNT.match(text.strip())
    if not found:
        return None
    amount = Decimal(found[1].replace(',', '') + (found[2] or '')) * (1000 if found[3] else 1)
    return int(amount * 100) if 0 < amount <= 10_000_000 else None
