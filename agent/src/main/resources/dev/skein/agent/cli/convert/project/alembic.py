"""Prints an Alembic project as JSON, each migration's SQL from Alembic's offline mode."""
import argparse
import io
import json
import logging
import re
import sys
import sysconfig
import traceback
from datetime import datetime, timezone
from pathlib import Path

from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
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

    class Connection(MockConnection):
        """What of a real one's transaction migrations end themselves, as before CONCURRENTLY."""

        def commit(self):
            context.impl.static_output("COMMIT;")

        def rollback(self):
            context.impl.static_output("ROLLBACK;")

        def in_transaction(self):
            return True

        def exec_driver_sql(self, statement, parameters=None):
            return run(statement, parameters)

        def scalar(self, statement, parameters=None):
            return run(statement, parameters).scalar()

        def scalars(self, statement, parameters=None):
            return run(statement, parameters).scalars()

    return Connection(context.dialect, run)


class Project:
    """A project as its env.py and its migrations see it, without a database."""

    def __init__(self, config, tell, ended):
        self.tell = tell
        self.ended = ended
        self.script = ScriptDirectory.from_config(config)
        self.context = EnvironmentContext(
            config,
            self.script,
            fn=lambda *_: [],  # no migration is run
            as_sql=True,
            destination_rev="heads",
            output_buffer=io.StringIO(),
        )
        self.context.is_offline_mode = self.is_offline
        self.options = {}
        self.asked = False

    def is_offline(self):
        self.asked = True
        return True

    def configured(self):
        """Keeps what env.py says, such as the convention that names constraints; else why not."""
        try:
            self.script.run_env()
        except (Exception, SystemExit) as e:
            return told(e)
        opts = self.context.context_opts
        names = ("target_metadata", "version_table", "version_table_schema", "user_module_prefix")
        self.options = {n: opts[n] for n in names if n in opts}
        return None

    def sql(self, function):
        """What a migration's function would run on PostgreSQL."""
        buffer = io.StringIO()
        context = MigrationContext.configure(
            dialect_name="postgresql",
            dialect_opts={"paramstyle": "named"},  # else every percent sign is doubled
            opts={**self.options, "as_sql": True, "output_buffer": buffer, "literal_binds": True},
            environment_context=self.context,
        )
        if MockConnection is not None:
            context.connection = context.impl.connection = bind(context)
        self.context._migration_context = context
        with Operations.context(context):
            function()
        return buffer.getvalue().strip() + "\n"

    def attempt(self, function, path, at):
        """The SQL and why there is none: one of the two."""
        if at in self.ended:
            return None, "it ends Python"
        self.tell(at=at, file=path)
        try:
            return self.sql(function), None
        except (Exception, SystemExit) as e:
            return None, told(e)


def told(e):
    """An error in one line, alike where it is alike."""
    return re.sub(r"<(\S+) object at 0x\w+>", r"\1", " ".join(f"{type(e).__name__}: {e}".split()))


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


def place(e):
    """The line of the project's own that an error came from."""
    libraries = set(sysconfig.get_paths().values())
    for frame in reversed(traceback.extract_tb(e.__traceback__)):
        file = Path(frame.filename)
        if file.exists() and file != Path(__file__) and libraries.isdisjoint(map(str, file.parents)):
            return f"{file}:{frame.lineno}: "
    return ""


def words(value):
    if value is None:
        return []
    return [value] if isinstance(value, str) else sorted(value)


def printed(project, revision):
    module = revision.module
    project.asked = False
    path, at = revision.path, revision.revision
    up, why = project.attempt(module.upgrade, path, f"{at} up")
    asked = project.asked
    has_down = hasattr(module, "downgrade")
    down, no_down = None, None
    if has_down:
        down, no_down = project.attempt(module.downgrade, path, f"{at} down")
    return {
        "id": revision.revision,
        "revises": words(revision.down_revision),
        "dependsOn": [project.script.get_revision(d).revision for d in words(revision.dependencies)],
        "labels": words(getattr(module, "branch_labels", None)),
        "message": revision.doc or "",
        "created": created(revision),
        "path": revision.path,
        "up": up,
        "why": why,
        "down": down,
        "noDown": no_down,
        "asksMode": asked,
    }


def reading(tell):
    """Tells of each file of the project's own before its code is run."""
    libraries = tuple(sysconfig.get_paths().values())

    def heard(event, args):
        file = getattr(args[0], "co_filename", "") if event == "exec" and args else ""
        if file.endswith(".py") and file != __file__ and not file.startswith(libraries):
            tell(file=file)

    sys.addaudithook(heard)


def read(config, tell, ended):
    project = Project(config, tell, ended)
    with project.context:
        why = project.configured()
        revisions = reversed(list(project.script.walk_revisions()))
        return {
            "migrations": [printed(project, revision) for revision in revisions],
            "unconfigured": why,
            "table": project.options.get("version_table"),
            "schema": project.options.get("version_table_schema"),
        }


def main():
    out, sys.stdout = sys.stdout, sys.stderr  # what migrations print is not ours
    logging.disable(logging.INFO)

    def tell(**what):
        """Where it is, for the case that a migration ends Python."""
        print(json.dumps(what), file=out, flush=True)

    reading(tell)
    try:
        options = argparse.Namespace(x=None, sql=True, autogenerate=False)
        config = Config(sys.argv[1], stdout=sys.stderr, cmd_opts=options)
        found = read(config, tell, set(sys.argv[2:]))
    except (Exception, SystemExit) as e:
        found = {"migrations": [], "trouble": place(e) + told(e)}
    json.dump(found, out)


main()
