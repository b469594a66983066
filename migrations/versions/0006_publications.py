"""what was published of postings, with its files

Follows 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

STANDING = sa.text('closed_at IS NULL')


def upgrade() -> None:
    """Go to this revision."""
    op.create_table('publication',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('posting_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('counter', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('closing_date', sa.Date(), nullable=True),
    sa.Column('published_by', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_by', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_why', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['posting_id'], ['posting.id'], name=op.f('fk_publication_posting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['published_by'], ['person.id'], name=op.f('fk_publication_published_by')),
    sa.ForeignKeyConstraint(['closed_by'], ['person.id'], name=op.f('fk_publication_closed_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_publication_posting_id_number'), 'publication', ['posting_id', 'number'], unique=True)
    op.create_index(op.f('ix_publication_published_at_closed_at'), 'publication', ['published_at', 'closed_at'], unique=False)
    op.create_index('ix_publication_one_stands', 'publication', ['posting_id'], unique=True, sqlite_where=STANDING, postgresql_where=STANDING)
    op.create_index('ix_publication_closing', 'publication', ['closing_date'], unique=False, sqlite_where=STANDING, postgresql_where=STANDING)
    op.create_table('publication_file',
    sa.Column('publication_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['publication_id'], ['publication.id'], name=op.f('fk_publication_file_publication_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('publication_id', 'form', name=op.f('pk_publication_file'))
    )


def downgrade() -> None:
    """Go back to the one before: what is published is a draft again, and nothing is closed."""
    op.execute("UPDATE posting SET status = 'draft' WHERE status IN ('published', 'closed')")
    op.drop_table('publication_file')
    op.drop_table('publication')
