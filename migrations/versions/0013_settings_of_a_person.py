"""how each person has the pages: light or dark, with single-letter shortcuts or without

Follows 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column('person', sa.Column('theme', sa.String(length=10), server_default='system', nullable=False))
    op.add_column('person', sa.Column('letter_keys', sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_column('person', 'letter_keys')
    op.drop_column('person', 'theme')
