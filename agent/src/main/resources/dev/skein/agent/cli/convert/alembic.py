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

try:
    from sqlalchemy.engine.mock import MockConnection
except ImportError:  # before SQLAlchemy 1.4
    MockConnection = None

FORMS = ("%Y-%m-%d %H:%M:%S.%f%z", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S")


class Rows:
    """What a statement gives back: nobody knows without a database."""

    def _ask(self, *_):
        raise RuntimeError("it reads rows")

    __bool__ = __iter__ = __len__ = __getitem__ = __next__ = _ask

    def __getattr__(self, name):
        self._ask()


def bind(context):
    """A connection for migrations that ask for one: it prints what it is given to run."""

    def run(statement, parameters=None):
        if isinstance(parameters, dict) and parameters and hasattr(statement, "bindparams"):
            statement = statement.bindparams(**parameters)
        elif parameters:
            raise RuntimeError("it runs a statement with parameters")
        context.impl._exec(statement)
        return Rows()

    return MockConnection(context.dialect, run)


def sql(function):
    """What a migration's function would run on PostgreSQL."""
    buffer = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql",
        dialect_opts={"paramstyle": "named"},  # else every percent sign is doubled
        opts={"as_sql": True, "output_buffer": buffer, "literal_binds": True},
    )
    if MockConnection is not None:
        context.connection = context.impl.connection = bind(context)
    with Operations.context(context):
        function()
    return buffer.getvalue().strip() + "\n"


def attempt(function):
    """The SQL and why there is none: one of the two."""
    try:
        return sql(function), None
    except Exception as e:
        return None, " ".join(f"{type(e).__name__}: {e}".split())


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
    up, why = attempt(module.upgrade)
    down, no_down = attempt(module.downgrade) if hasattr(module, "downgrade") else (None, None)
    return {
        "id": revision.revision,
        "revises": words(revision.down_revision),
        "dependsOn": [script.get_revision(d).revision for d in words(revision.dependencies)],
        "labels": words(getattr(module, "branch_labels", None)),
        "message": revision.doc or "",
        "created": created(revision),
        "path": revision.path,
        "up": up,
        "why": why,
        "down": down,
        "noDown": no_down,
    }


def main():
    out, sys.stdout = sys.stdout, sys.stderr  # what migrations print is not ours
    try:
        script = ScriptDirectory.from_config(Config(sys.argv[1], stdout=sys.stderr))
        revisions = reversed(list(script.walk_revisions()))
        migrations = [printed(script, revision) for revision in revisions]
    except Exception as e:
        sys.exit(f"{type(e).__name__}: {e}")
    json.dump(migrations, out)


main()
