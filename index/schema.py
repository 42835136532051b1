"""The tables of a library and how older ones are brought up to date."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from index.digests import DamageError, check_opening, register, sign_opening, signing
from index.errors import (
    BusyLibraryError,
    DamagedLibraryError,
    LibraryError,
    MissingLibraryError,
    SchemaError,
)
from index.tallies import count_again

FILE_NAME = "library.sqlite"
BUSY_SECONDS = 5.0
_UNREADABLE = "Could not decode to UTF-8"  # how Python says it

# Each brings the tables from its place in the list to the next version (PRAGMA user_version).
# One that has been released is never edited; a change is a new one at the end.
MIGRATIONS: tuple[str | Callable[[sqlite3.Connection], None], ...] = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE document (
        id INTEGER PRIMARY KEY,
        document_id TEXT NOT NULL UNIQUE,
        doc TEXT NOT NULL,
        source TEXT NOT NULL,       -- where the file lay when it was read
        fingerprint TEXT NOT NULL,  -- of its content, its entry in sources.toml and the reader
        sha256 TEXT NOT NULL,
        authority TEXT,
        slug TEXT,                  -- of the authority
        kind TEXT NOT NULL,
        year INTEGER,
        body TEXT NOT NULL,         -- JSON: whatever else a Document says
        set_aside TEXT NOT NULL     -- JSON: its lines that belong to no paragraph
    );
    CREATE INDEX document_slug ON document (slug, year);

    CREATE TABLE original (
        document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
        content BLOB NOT NULL
    );

    CREATE TABLE paragraph (
        id INTEGER PRIMARY KEY,
        document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,   -- reading order, from 0
        key TEXT NOT NULL,
        number TEXT,
        kind TEXT NOT NULL,
        recommendation INTEGER NOT NULL,
        heading TEXT,
        text TEXT NOT NULL,
        body TEXT NOT NULL,         -- JSON: whatever else a Paragraph says
        UNIQUE (document, key)
    );
    CREATE UNIQUE INDEX paragraph_order ON paragraph (document, ordinal);
    CREATE INDEX paragraph_number ON paragraph (number);

    CREATE TABLE passage (
        id INTEGER PRIMARY KEY,
        paragraph INTEGER NOT NULL REFERENCES paragraph ON DELETE CASCADE,
        start INTEGER NOT NULL,     -- characters of the paragraph's text
        stop INTEGER NOT NULL,
        hash BLOB NOT NULL,         -- of the text that was encoded
        vector BLOB NOT NULL        -- float32, little-endian
    );
    CREATE INDEX passage_paragraph ON passage (paragraph);
    CREATE INDEX passage_hash ON passage (hash);

    CREATE VIRTUAL TABLE paragraph_text USING fts5 (
        text, heading, content = 'paragraph', content_rowid = 'id',
        tokenize = 'porter unicode61 remove_diacritics 2'
    );

    CREATE TABLE run (              -- some of the runs of words in a document, as numbers
        code INTEGER NOT NULL,
        document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        PRIMARY KEY (code, document)
    ) WITHOUT ROWID;
    CREATE INDEX run_document ON run (document);

    CREATE TABLE same_report (      -- pairs of documents that hold the same words
        first INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        second INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        share REAL NOT NULL
    );
    CREATE INDEX same_report_first ON same_report (first);
    CREATE INDEX same_report_second ON same_report (second);

    CREATE TABLE word (word TEXT PRIMARY KEY, paragraphs INTEGER NOT NULL) WITHOUT ROWID;
    """,
    # Whether it came by `add`: a later `build` of other paths leaves it.
    "ALTER TABLE document ADD COLUMN added INTEGER NOT NULL DEFAULT 0;",
    # A paragraph's row stands for one text for ever and is never given again, so that an index
    # of all paragraphs up to a row needs only to be told what came later and what is gone.
    """
    CREATE TABLE gone (             -- former rows of paragraphs
        paragraph INTEGER PRIMARY KEY,
        version INTEGER NOT NULL    -- of the library, the first without it
    );
    CREATE TRIGGER paragraph_deleted AFTER DELETE ON paragraph BEGIN
        INSERT OR REPLACE INTO gone SELECT old.id,
            1 + coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'version'), 0);
    END;
    CREATE TRIGGER paragraph_moved AFTER UPDATE OF id ON paragraph BEGIN
        INSERT OR REPLACE INTO gone SELECT old.id,
            1 + coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'version'), 0);
    END;
    CREATE INDEX paragraph_kind ON paragraph (document, kind, recommendation);
    """,
    # Words are found through a file of their own (index/words.py).
    "DROP TABLE paragraph_text;",
    # What is said of the file of vectors, which need no longer be of the newest version.
    """
    INSERT OR REPLACE INTO meta SELECT 'dense', json_object(
        'version', (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'version'),
        'sha256', value, 'last', (SELECT coalesce(max(id), 0) FROM paragraph),
        'recall', 1.0
    ) FROM meta WHERE key = 'dense_sha256';
    DELETE FROM meta WHERE key = 'dense_sha256';
    """,
    # Abbreviations are learnt from counts instead of all texts at every change.
    """
    CREATE TABLE typed (            -- short words as they are typed, in one case
        word TEXT PRIMARY KEY,
        times INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE written_out (      -- "independent reviewing officers (IROs)"
        short TEXT,
        long TEXT,
        times INTEGER NOT NULL,
        PRIMARY KEY (short, long)
    ) WITHOUT ROWID;
    """,
    count_again,
    signing(),
    "",  # what opening reads is signed again, for that now holds the tables' definitions
)
_SIGNED = 1 + MIGRATIONS.index(signing())  # the first version that is signed


def is_there(folder: Path) -> bool:
    """Whether a folder holds a library. Raises LibraryError where nobody may look into it."""
    try:
        return (folder / FILE_NAME).is_file()
    except OSError as exc:
        raise unusable(folder, exc) from exc


def open_reader(folder: Path) -> sqlite3.Connection:
    """A connection that only reads; several threads may hand it on to each other.

    An older library is brought up to date first.

    Raises MissingLibraryError, SchemaError for a library of a newer program or an older one
    that cannot be written, LibraryError for a damaged one.
    """
    path = folder / FILE_NAME
    if not is_there(folder):
        raise missing(folder)
    try:
        connection = _connect_reader(path)
    except (sqlite3.Error, DamageError) as exc:
        raise trouble(folder, exc) from exc
    version = schema_version(connection)
    if version == len(MIGRATIONS):
        return connection
    connection.close()
    if version == 0:
        raise missing(folder)
    refuse_newer(folder, version)
    _migrate(folder)
    return _connect_reader(path)


def open_writer(folder: Path, *, create: bool) -> sqlite3.Connection:
    """A connection inside a write transaction, which no other process can enter meanwhile.

    The transaction is the lock: it falls with the process, and until it is committed readers
    see the library as it was. Brings older tables up to date, or makes new ones, within it.

    Raises BusyLibraryError while another process writes, MissingLibraryError where there is
    no library and none is to be made, SchemaError for a library of a newer program.
    """
    path = folder / FILE_NAME
    if not is_there(folder) and not create:
        raise missing(folder)
    former = _identity(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    except (OSError, sqlite3.Error) as exc:
        raise LibraryError(f"Nothing can be written to {folder}: {exc}.") from exc
    try:
        _begin_writing(connection, folder, create=create)
    except (sqlite3.Error, DamageError) as exc:
        connection.close()
        raise trouble(folder, exc) from exc
    except BaseException:
        connection.close()
        raise
    if former and _identity(path) != former:  # a rebuild put other tables there while this waited
        connection.close()
        return open_writer(folder, create=create)
    return connection


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one in its place; None where there is none."""
    if not path.is_file():
        return None
    stat = path.stat()
    return stat.st_dev, stat.st_ino


# What an SQLite of another make may lack or limit; else what is asked was right when written.
_OF_ITS_MAKE = re.compile("no such (?:function|module)|too many")


def trouble(folder: Path, exc: sqlite3.Error | DamageError) -> LibraryError:
    """What damage or an error of SQLite means to the user."""
    if isinstance(exc, DamageError):
        return _damaged(folder, str(exc))
    if is_busy(exc):
        return BusyLibraryError(
            f"The library in {folder} is being written by another process; wait until that has "
            "finished and try again."
        )
    if _code(exc) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _damaged(folder, str(exc))
    if _code(exc) == sqlite3.SQLITE_ERROR and not _OF_ITS_MAKE.search(str(exc)):
        return _damaged(folder, f"SQLite says: {exc}")
    if _UNREADABLE in str(exc):  # it goes on with the text itself
        return _damaged(folder, "what was text is none any more")
    return LibraryError(
        f"The library in {folder} cannot be used ({exc}); see that there is room on the disk and "
        "that the folder may be written."
    )


def is_busy(exc: sqlite3.Error) -> bool:
    """Whether it is another process that is in the way."""
    return _code(exc) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def schema_version(connection: sqlite3.Connection) -> int:
    """The version of its tables; 0 where it has none yet.

    Raises DamageError where the tables' definitions are none, as sqlite3.Error else says.
    """
    try:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()  # has SQLite read them
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except UnicodeDecodeError as exc:  # SQLite quotes what it cannot read
        raise DamageError("the definitions of its tables are not as they were written") from exc


def refuse_newer(folder: Path, version: int) -> None:
    """Raise SchemaError for tables of a newer program, of which this one knows nothing."""
    if version > len(MIGRATIONS):
        raise SchemaError(
            f"The library in {folder} was made by a newer version of Pilcrow (its tables are "
            f"version {version}, this program knows {len(MIGRATIONS)}); update Pilcrow."
        )


def missing(folder: Path) -> MissingLibraryError:
    """The error for a folder without a library."""
    return MissingLibraryError(
        f"There is no library in {folder}; make one with "
        f"`python -m index build DOCUMENTS --library {folder}`."
    )


def unusable(folder: Path, exc: OSError) -> LibraryError:
    """The error for a folder that the system keeps from the user."""
    return LibraryError(f"The library in {folder} cannot be used: {exc.strerror or exc}.")


def _damaged(folder: Path, what: str) -> DamagedLibraryError:
    said = " ".join(what.split())  # SQLite may quote its schema
    return DamagedLibraryError(
        f"The library in {folder} is damaged ({said}); make it anew from the files that it keeps: "
        f"`python -m index rebuild --library {folder}`."
    )


def _code(exc: sqlite3.Error) -> int:
    """SQLite's number for an error: its lowest byte, the others only say more of it."""
    return int(getattr(exc, "sqlite_errorcode", sqlite3.SQLITE_OK)) & 0xFF


def _migrate(folder: Path) -> None:
    try:
        connection = open_writer(folder, create=False)
    except BusyLibraryError:
        raise
    except LibraryError as exc:
        raise SchemaError(
            f"The library in {folder} was made by an older version of Pilcrow and could not be "
            f"brought up to date: {exc}"
        ) from exc
    with closing(connection):
        connection.execute("COMMIT")


def _connect_reader(path: Path) -> sqlite3.Connection:
    address = path.resolve().as_uri()
    connection = _try_reader(f"{address}?mode=ro")
    try:
        schema_version(connection)
    except sqlite3.OperationalError as exc:
        connection.close()
        # Readers of a WAL file write beside it. Where they cannot, nobody else can either, so
        # that the file may be taken as it is, if no log waits to be merged into it.
        log = path.with_name(path.name + "-wal")
        if _code(exc) != sqlite3.SQLITE_CANTOPEN or (log.is_file() and log.stat().st_size):
            raise
        connection = _try_reader(f"{address}?mode=ro&immutable=1")
        schema_version(connection)
    return connection


def _try_reader(address: str) -> sqlite3.Connection:
    return sqlite3.connect(
        address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def migrate(connection: sqlite3.Connection, to: int | None = None) -> None:
    """Bring the tables up to a version, the newest if none is named."""
    register(connection)
    version = schema_version(connection)
    for number, migration in enumerate(MIGRATIONS[version:to], start=version + 1):
        if callable(migration):
            migration(connection)
        else:
            for statement in _statements(migration):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")


def _begin_writing(connection: sqlite3.Connection, folder: Path, *, create: bool) -> None:
    schema_version(connection)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",  # what is removed is overwritten with zeros
        "temp_store = MEMORY",  # nor does its text pass through other files
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN IMMEDIATE")
    register(connection)
    version = schema_version(connection)
    refuse_newer(folder, version)
    if version == 0 and not create:
        raise missing(folder)
    if version < len(MIGRATIONS):
        if version >= _SIGNED:  # what is damaged is not signed as whole
            check_opening(connection, definitions=version > _SIGNED)
        migrate(connection)
        sign_opening(connection)


def _statements(script: str) -> list[str]:
    """The statements of a script: executescript() would end the transaction."""
    statements = []
    pending = ""
    for piece in script.split(";"):
        pending += piece + ";"
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return [statement for statement in statements if statement.strip(" \n;")]
