"""the organization's own pay bands and what was done to them

Going back takes the bands away, and the age of pay out of the profile. Follows 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table('pay_band',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('role_slug', sa.String(length=60), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('city_key', sa.String(length=300), nullable=False),
    sa.Column('city', sa.Text(), nullable=False),
    sa.Column('low_cents', sa.BigInteger(), nullable=False),
    sa.Column('high_cents', sa.BigInteger(), nullable=False),
    sa.Column('unit', sa.String(length=10), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pay_band')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_pay_band_role_slug_level_state_city_key'), 'pay_band', ['role_slug', 'level', 'state', 'city_key'], unique=True)
    op.create_table('pay_band_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('band_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('act', sa.String(length=20), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.Column('from_file', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['band_id'], ['pay_band.id'], name=op.f('fk_pay_band_change_band_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pay_band_change_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pay_band_change')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_pay_band_change_band_id'), 'pay_band_change', ['band_id'], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_table('pay_band_change')
    op.drop_table('pay_band')
    organization = sa.table('organization', sa.column('id', sa.Integer), sa.column('body', sa.JSON))
    bind = op.get_bind()
    for row in bind.execute(sa.select(organization.c.id, organization.c.body)).all():
        body = {name: value for name, value in row.body.items() if name != 'pay_age'}
        bind.execute(organization.update().where(organization.c.id == row.id).values(body=body))
