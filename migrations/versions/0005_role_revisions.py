"""revisions of roles, roles that extend others, retired ones and newer shipped editions

Follows 0004.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    for column in (
        sa.Column('counter', sa.Integer(), nullable=False, server_default='1'),
        sa.Column('extends', sa.String(length=60), nullable=True),
        sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('edition_hash', sa.String(length=64), nullable=False, server_default=''),
        sa.Column('shipped_body', sa.JSON(), nullable=True),
    ):
        op.add_column('role', column)
    op.create_index(op.f('ix_role_extends'), 'role', ['extends'], unique=False)
    op.create_table('role_revision',
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('body_hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_revision_person_id')),
    sa.ForeignKeyConstraint(['slug'], ['role.slug'], name=op.f('fk_role_revision_slug'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('slug', 'number', name=op.f('pk_role_revision'))
    )
    op.create_index(op.f('ix_role_revision_person_id'), 'role_revision', ['person_id'], unique=False)
    op.execute('UPDATE role SET shipped_body = body, edition_hash = body_hash WHERE body_hash = shipped_hash')
    op.execute(
        "INSERT INTO role_revision (slug, number, reason, note, made_at, name, body, body_hash) "
        "SELECT slug, 1, CASE WHEN body_hash = shipped_hash THEN 'shipped' ELSE 'edited' END, '', "
        "changed_at, name, body, body_hash FROM role"
    )


def downgrade() -> None:
    """Go back to the revision before, which knows whole roles only and retires none."""
    _make_whole()
    op.drop_table('role_revision')
    op.drop_index(op.f('ix_role_extends'), table_name='role')
    with op.batch_alter_table('role') as table:
        for name in ('shipped_body', 'edition_hash', 'retired_at', 'extends', 'counter'):
            table.drop_column(name)


def _make_whole() -> None:
    """Write out what roles take from the ones that they extend.

    A role that was as it was shipped stays so: the next seed lets it extend the other again.
    The code that reads them is that of this revision: nobody goes back with an older one.
    """
    from jobdesc.roles.lineage import whole_role  # noqa: PLC0415
    from jobdesc.store.roles import body_hash  # noqa: PLC0415

    connection = op.get_bind()
    role = sa.table('role', sa.column('slug', sa.String), sa.column('body', sa.JSON), sa.column('body_hash', sa.String), sa.column('shipped_hash', sa.String))
    rows = {row.slug: row for row in connection.execute(sa.select(role))}
    stored = {slug: row.body for slug, row in rows.items()}
    for slug in [slug for slug, body in stored.items() if 'extends' in body]:
        body = json.loads(json.dumps(whole_role(stored, slug).body))
        row, digest = rows[slug], body_hash(body)
        unedited = row.body_hash == row.shipped_hash
        connection.execute(role.update().where(role.c.slug == slug).values(
            body=body, body_hash=digest, shipped_hash=digest if unedited else row.shipped_hash
        ))
