"""the search index: entries, words by their pieces, and each database's full text

Empty until `flask reindex` or `flask seed`. Follows 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

INTO = 'INSERT INTO search_text(rowid, title, names, text) VALUES (new.id, new.title, new.names, new.text);'
OUT = (
    "INSERT INTO search_text(search_text, rowid, title, names, text)"
    " VALUES ('delete', old.id, old.title, old.names, old.text);"
)


def upgrade() -> None:
    """Go to this revision."""
    op.create_table('search_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('posting_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('names', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['posting_id'], ['posting.id'], name=op.f('fk_search_entry_posting_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entry'))
    )
    op.create_index(op.f('ix_search_entry_kind_key'), 'search_entry', ['kind', 'key'], unique=True)
    op.create_index(op.f('ix_search_entry_posting_id'), 'search_entry', ['posting_id'], unique=False)
    op.create_table('search_word',
    sa.Column('piece', sa.String(length=3), nullable=False),
    sa.Column('word', sa.String(length=60), nullable=False),
    sa.PrimaryKeyConstraint('piece', 'word', name=op.f('pk_search_word'))
    )
    op.create_index(op.f('ix_search_word_word'), 'search_word', ['word'], unique=False)
    op.drop_column('posting', 'words')
    if op.get_bind().dialect.name == 'postgresql':
        _vectors()
    else:
        _full_text()


def downgrade() -> None:
    """Go back to the one before."""
    op.execute('DROP TABLE search_vector' if op.get_bind().dialect.name == 'postgresql' else 'DROP TABLE search_text')
    op.drop_table('search_word')
    op.drop_table('search_entry')
    op.add_column('posting', sa.Column('words', sa.Text(), nullable=False, server_default=''))
    op.execute("UPDATE posting SET words = lower(title || ' ' || place || ' ' || requisition)")


def _full_text() -> None:
    """The entries' words, cut at blanks and nowhere else; the texts stay in the entries."""
    op.execute(
        "CREATE VIRTUAL TABLE search_text USING fts5(title, names, text, content='search_entry',"
        " content_rowid='id', tokenize='ascii', prefix='2 3')"
    )
    op.execute(f'CREATE TRIGGER search_entry_put AFTER INSERT ON search_entry BEGIN {INTO} END')
    op.execute(f'CREATE TRIGGER search_entry_drop AFTER DELETE ON search_entry BEGIN {OUT} END')
    op.execute(f'CREATE TRIGGER search_entry_change AFTER UPDATE ON search_entry BEGIN {OUT} {INTO} END')


def _vectors() -> None:
    op.execute(
        'CREATE TABLE search_vector (entry_id BIGINT PRIMARY KEY REFERENCES search_entry ON DELETE CASCADE,'
        ' title TSVECTOR NOT NULL, names TSVECTOR NOT NULL, everything TSVECTOR NOT NULL)'
    )
    for column in ('title', 'names', 'everything'):
        op.execute(
            f'CREATE INDEX ix_search_vector_{column} ON search_vector USING gin ({column})'
            ' WITH (gin_pending_list_limit = 512)'
        )
