"""wage figures by area, occupation and year, and the files that they came from

Follows 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

FIGURES = [kind + at for kind in 'ha' for at in ('10', '25', '50', '75', '90')]


def upgrade() -> None:
    """Go to this revision."""
    op.create_table('wage_release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('shipped', sa.Boolean(), nullable=False),
    sa.Column('source_id', sa.String(length=60), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('year_given', sa.Integer(), nullable=True),
    sa.Column('areas', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('slot', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('file', sa.String(length=40), nullable=False),
    sa.Column('read', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.Column('absent', sa.JSON(), nullable=False),
    sa.Column('examples', sa.JSON(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lease', sa.String(length=32), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_wage_release_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wage_release')),
    sa.UniqueConstraint('slot', name=op.f('uq_wage_release_slot')),
    sqlite_autoincrement=True
    )
    for column in ('sha256', 'state', 'person_id'):
        op.create_index(op.f(f'ix_wage_release_{column}'), 'wage_release', [column], unique=False)
    op.create_table('wage_figure',
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('area', sa.String(length=7), nullable=False),
    sa.Column('occupation', sa.String(length=7), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('employment', sa.Integer(), nullable=True),
    *(sa.Column(name, sa.Integer(), nullable=True) for name in FIGURES),
    sa.Column('marks', sa.String(length=11), nullable=False),
    sa.ForeignKeyConstraint(['release_id'], ['wage_release.id'], name=op.f('fk_wage_figure_release_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('release_id', 'area', 'occupation', name=op.f('pk_wage_figure'))
    )
    op.create_index(op.f('ix_wage_figure_occupation_area_year'), 'wage_figure', ['occupation', 'area', 'year'], unique=False)
    op.create_table('wage_area',
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=7), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=2), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['release_id'], ['wage_release.id'], name=op.f('fk_wage_area_release_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('release_id', 'code', name=op.f('pk_wage_area'))
    )
    for column in ('code', 'kind'):
        op.create_index(op.f(f'ix_wage_area_{column}'), 'wage_area', [column], unique=False)
    op.create_table('wage_occupation',
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=7), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['release_id'], ['wage_release.id'], name=op.f('fk_wage_occupation_release_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('release_id', 'code', name=op.f('pk_wage_occupation'))
    )


def downgrade() -> None:
    """Go back to the one before. Shipped figures come again with the next upgrade."""
    for table in ('wage_occupation', 'wage_area', 'wage_figure', 'wage_release'):
        op.drop_table(table)
