"""Prints every migration of an Alembic project as JSON, its SQL from Alembic's offline mode."""
import io
import json
import re
import sys
from datetime import datetime, timezone

from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

FORMS = ("%Y-%m-%d %H:%M:%S.%f%z", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S")


def sql(function):
    """What a migration's function would run on PostgreSQL."""
    buffer = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql",
        dialect_opts={"paramstyle": "named"},  # else every percent sign is doubled
        opts={"as_sql": True, "output_buffer": buffer, "literal_binds": True},
    )
    with Operations.context(context):
        function()
    return buffer.getvalue().strip() + "\n"


def created(revision):
    """The time in the file's head, in UTC."""
    match = re.search(r"Create Date:\s*(\S+ \S+)", revision.longdoc or "")
    for form in FORMS if match else ():
        try:
            at = datetime.strptime(match.group(1), form)
        except ValueError:
            continue
        at = at.astimezone(timezone.utc) if at.tzinfo else at
        return at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return None


def words(value):
    if value is None:
        return []
    return [value] if isinstance(value, str) else sorted(value)


def printed(script, revision):
    module = revision.module
    try:
        down = sql(module.downgrade) if hasattr(module, "downgrade") else None
    except Exception as e:  # a way to say that there is none
        print(f"Note: {revision.revision}: no way back ({type(e).__name__}: {e})", file=sys.stderr)
        down = None
    return {
        "id": revision.revision,
        "revises": words(revision.down_revision),
        "dependsOn": [script.get_revision(d).revision for d in words(revision.dependencies)],
        "labels": words(getattr(module, "branch_labels", None)),
        "message": revision.doc or "",
        "created": created(revision),
        "up": sql(module.upgrade),
        "down": down,
    }


def main():
    out, sys.stdout = sys.stdout, sys.stderr  # what migrations print is not ours
    script = ScriptDirectory.from_config(Config(sys.argv[1], stdout=sys.stderr))
    migrations = []
    for revision in reversed(list(script.walk_revisions())):
        try:
            migrations.append(printed(script, revision))
        except Exception as e:
            sys.exit(f"{revision.path}: no SQL without a database ({type(e).__name__}: {e})")
    json.dump(migrations, out)


main()
