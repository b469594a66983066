"""revisions of postings, and saves that can be sent twice

Follows 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

NEW = ('base', 'part_order', 'hidden_parts')


def upgrade() -> None:
    """Go to this revision."""
    op.create_table('revision',
    sa.Column('posting_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('counter', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('base_hash', sa.String(length=64), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['base_hash'], ['posting_base.hash'], name=op.f('fk_revision_base_hash')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_revision_person_id')),
    sa.ForeignKeyConstraint(['posting_id'], ['posting.id'], name=op.f('fk_revision_posting_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('posting_id', 'number', name=op.f('pk_revision'))
    )
    op.create_index(op.f('ix_revision_base_hash'), 'revision', ['base_hash'], unique=False)
    op.add_column('change_list', sa.Column('save_id', sa.String(length=60), nullable=True))
    op.add_column('change_list', sa.Column('parts', sa.JSON(), nullable=True))
    op.add_column('change_list', sa.Column('outcome', sa.JSON(), nullable=True))
    op.create_index(op.f('ix_change_list_posting_id_save_id'), 'change_list', ['posting_id', 'save_id'], unique=True)


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_index(op.f('ix_change_list_posting_id_save_id'), table_name='change_list')
    with op.batch_alter_table('change_list', schema=None) as batch_op:
        batch_op.drop_column('outcome')
        batch_op.drop_column('parts')
        batch_op.drop_column('save_id')

    op.drop_index(op.f('ix_revision_base_hash'), table_name='revision')
    op.drop_table('revision')
    _write_bodies_of_schema_1()


def _write_bodies_of_schema_1() -> None:
    """What came with schema 2 goes, so that the version before can read its postings."""
    posting = sa.table('posting', sa.column('id', sa.Integer), sa.column('body', sa.JSON))
    connection = op.get_bind()
    for row in connection.execute(sa.select(posting)).all():
        if row.body['schema'] == 2:
            body = {name: value for name, value in row.body.items() if name not in NEW} | {'schema': 1}
            connection.execute(sa.update(posting).where(posting.c.id == row.id).values(body=body))
