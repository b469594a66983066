"""revisions of sources and credentials

Follows 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table('reference_revision',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reference_revision_person_id')),
    sa.PrimaryKeyConstraint('name', 'key', 'number', name=op.f('pk_reference_revision'))
    )
    op.create_index(op.f('ix_reference_revision_person_id'), 'reference_revision', ['person_id'], unique=False)


def downgrade() -> None:
    """Go back to the revision before, whose rows have a date and know nothing of these fields.

    It does not know either that a role was offered for the first time.
    """
    op.execute("UPDATE role_revision SET reason = 'brought back' WHERE reason = 'offered'")
    _without_new_fields()
    op.drop_index(op.f('ix_reference_revision_person_id'), table_name='reference_revision')
    op.drop_table('reference_revision')


NEW = {
    'sources': ('publisher', 'read'),
    'credentials': ('degree', 'supervision', 'states', 'not_enough'),
}

TO_REQUIRES = {'degree': 'Degree', 'supervision': 'Supervision', 'states': 'Where states differ'}
LONGEST_REQUIRES = 1_000


def _without_new_fields() -> None:
    """What the code of the revision before would refuse goes into the fields that it has.

    Lost are `not_enough`, and of a credential the words that would make `requires` too long.
    """
    from jobdesc.store.roles import body_hash  # noqa: PLC0415

    reference = sa.table('reference', sa.column('name', sa.String), sa.column('body', sa.JSON), sa.column('body_hash', sa.String))
    connection = op.get_bind()
    for row in connection.execute(sa.select(reference).where(reference.c.name.in_(NEW))).all():
        body = [_as_before(row.name, one) for one in row.body]
        changed = reference.update().where(reference.c.name == row.name)
        connection.execute(changed.values(body=body, body_hash=body_hash(body)))


def _as_before(name: str, row: dict[str, object]) -> dict[str, object]:
    kept = {key: value for key, value in row.items() if key not in NEW[name]}
    if publisher := row.get('publisher'):
        kept['name'] = f"{publisher}, {row['name']}"[:1000]
    if read := row.get('read'):
        kept['as_of'] = f"{row.get('as_of') or 'undated'}, read {read}"[:120]
    for field in TO_REQUIRES if name == 'credentials' else ():
        longer = f"{kept['requires']} {TO_REQUIRES[field]}: {row.get(field)}"
        if row.get(field) and len(longer) <= LONGEST_REQUIRES:
            kept['requires'] = longer
    return kept
