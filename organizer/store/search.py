"""Search over employers, people, places and unions: five tiers asked one after another, never ranked.

Tail of an id, phone or code; prefix of a name; pinyin initials; hanzi pairs (FTS5's trigrams find
nothing for two-character names); full pinyin. Every tier stops at the limit, so a find stays flat.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from organizer.domain.employer_name import fold_name, inner_words
from organizer.domain.pinyin import PinyinTable
from organizer.store.driver import Connection

_TAIL, _NAME, _INITIALS, _PINYIN = 1, 2, 3, 4
_TEXTS = {
    "employer": ("name, signboard", "uscc, phone, registration_no"),
    "person": ("name, original_writing", "id_number, phone"),
    "place": ("name", ""),
    "union_org": ("name, short_name", "uscc"),
}
TABLES = tuple(_TEXTS)
"""The tables that can be searched."""

_FORM_WORDS = ("有限责任公司", "股份有限公司", "有限公司", "公司", "有限", "商店")
FIELDS: Mapping[str, frozenset[str]] = {
    table: frozenset({"", "kind", "retired_on", "erased_on", *", ".join(texts).split(", ")})
    for table, texts in _TEXTS.items()
}
"""Which touched fields the index has to know of: "" stands for an insert, erased_on for blanking."""

UNSEARCHED_PLACES = frozenset({"floor", "door"})
"""Kinds of places that nobody looks for by name."""

_AT_ONCE = 200
_HANZI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


@dataclass(frozen=True)
class Hit:
    """A found row; `tier` says which kind of match found it (1 tail … 5 hanzi pairs)."""

    table: str
    row: bytes
    text: str


@dataclass(frozen=True)
class _Entry:
    """What the index keeps of a row: its folded names, how it is sorted, what it is found by."""

    text: str
    spoken: str
    terms: frozenset[tuple[int, str]]

    @property
    def stored(self) -> tuple[str, str, str]:
        return self.text, self.spoken, msgspec.json.encode(sorted(self.terms)).decode()


_NOTHING = _Entry("", "", frozenset())


def index(connection: Connection, pinyin: PinyinTable, table: str, rows: Iterable[bytes]) -> None:
    """Bring the index to what these rows of a table say now."""
    waiting = iter(dict.fromkeys(rows))
    while some := list(itertools.islice(waiting, _AT_ONCE)):
        _index(connection, pinyin, table, some)


def _index(connection: Connection, pinyin: PinyinTable, table: str, rows: list[bytes]) -> None:
    kept = connection.execute(
        f"SELECT id, s.n, s.text, s.spoken, s.terms, {_columns(table)} FROM {table}"
        f" LEFT JOIN search_entry s ON s.row = id WHERE id IN ({_marks(rows)})",
        rows,
    ).fetchall()
    added: dict[bytes, _Entry] = {}
    for row, number, text, spoken, terms, *found in kept:
        new = _entry(pinyin, table, *_said(table, found))
        if number is None:
            if new != _NOTHING:
                added[row] = new
            continue
        old = _Entry(text, spoken, frozenset(map(tuple, msgspec.json.decode(terms))))
        if old == new:
            continue
        if new == _NOTHING:
            connection.execute("DELETE FROM search_entry WHERE n = ?", (number,))
        else:
            _update(connection, number, old, new)
        _change(connection, number, old, new)
    if added:
        _add(connection, table, [(row, added[row]) for row in rows if row in added])


def _add(connection: Connection, table: str, entries: Sequence[tuple[bytes, _Entry]]) -> None:
    """Entries of rows that had none, all at once: a new file lays down thousands."""
    (last,) = connection.execute("SELECT coalesce(max(n), 0) FROM search_entry").fetchone()
    numbered = list(enumerate(entries, start=last + 1))
    connection.executemany(
        "INSERT INTO search_entry (n, tbl, row, text, spoken, terms) VALUES (?, ?, ?, ?, ?, ?)",
        [(number, table, row, *entry.stored) for number, (row, entry) in numbered],
    )
    connection.executemany(
        "INSERT INTO search_term (tier, term, entry) VALUES (?, ?, ?)",
        sorted((*term, number) for number, (_row, entry) in numbered for term in entry.terms),
    )
    connection.executemany(
        "INSERT INTO search_bigram (rowid, bigrams) VALUES (?, ?)",
        [(number, _bigrams(entry.text)) for number, (_row, entry) in numbered],
    )


def faults(connection: Connection) -> int:
    """How many entries are missing, say something else than their row, or are nobody's."""
    wrong = entries = 0
    for table in TABLES:
        rows = connection.execute(
            f"SELECT e.text, {_columns(table)} FROM {table} LEFT JOIN search_entry e"
            f" ON e.row = {table}.id"
        )
        for text, *found in rows:
            texts, _codes = _said(table, found)
            wrong += text != (" ".join(map(fold, texts)) if texts else None)
            entries += text is not None
    counts = (
        "SELECT count(*) FROM search_entry",
        "SELECT count(*) FROM search_bigram",
        "SELECT coalesce(sum(json_array_length(terms)), 0) FROM search_entry",
        "SELECT count(*) FROM search_term t JOIN search_entry e ON e.n = t.entry",
        "SELECT count(*) FROM search_term",
    )
    held, paired, due, used, terms = (connection.execute(sql).fetchone()[0] for sql in counts)
    return int(wrong + abs(held - entries) + abs(held - paired) + abs(due - used) + terms - used)


def _columns(table: str) -> str:
    names, tails = _TEXTS[table]
    kind = "kind" if table == "place" else "NULL"
    return f"retired_on, {kind}, {names}{', ' + tails if tails else ''}"


def _said(table: str, found: Sequence[str | None]) -> tuple[list[str], list[str]]:
    """The names and codes under which a row is found; none for what is out of use or no name."""
    if found[0] is not None or found[1] in UNSEARCHED_PLACES:
        return [], []
    count = 2 + _TEXTS[table][0].count(",") + 1
    return [text for text in found[2:count] if text], [code for code in found[count:] if code]


def find(connection: Connection, text: str, limit: int = 50, table: str = "") -> list[Hit]:
    """Rows (of one table) that match, best tier first, each once; unfinished imports are not shown."""
    query = fold(text)
    hits: dict[bytes, Hit] = {}
    if query:
        for candidates in _tiers(connection, query, limit, (table,) if table else TABLES):
            for where, row, shown in candidates:
                hits.setdefault(row, Hit(where, row, shown))
            if len(hits) >= limit:
                break
    return list(hits.values())[:limit]


def all_of(connection: Connection, table: str, text: str) -> set[bytes]:
    """Every row of one table that matches a query in any tier, for filters of lists."""
    query = fold(text)
    if not query:
        return set()
    tiers = _tiers(connection, query, -1, (table,))
    return {row for candidates in tiers for _table, row, _shown in candidates}


def fold(text: str) -> str:
    """A text as it is searched: NFKC, lower case, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def optimize(connection: Connection) -> None:
    """Merge the pair index so that nothing of a forgotten row is left in it."""
    connection.execute("INSERT INTO search_bigram (search_bigram) VALUES ('optimize')")


def clear(connection: Connection) -> None:
    """Empty the index, to be built anew."""
    connection.execute("DELETE FROM search_entry")
    connection.execute("DELETE FROM search_term")
    connection.execute("INSERT INTO search_bigram (search_bigram) VALUES ('delete-all')")


def _tiers(
    connection: Connection, query: str, limit: int, tables: Sequence[str]
) -> Iterator[Iterable[tuple[str, bytes, str]]]:
    """The matches of each tier in these tables. A negative limit is none."""
    if len(query) >= 3 and query.isascii() and any(letter.isdigit() for letter in query):
        yield _by_prefix(connection, _TAIL, query[::-1], limit, tables)
    yield _by_prefix(connection, _NAME, query, limit, tables)
    if _HANZI.search(query):
        if len(query) >= 2:
            yield _by_pairs(connection, query, limit, tables)
    elif query.isalpha():
        yield _by_prefix(connection, _INITIALS, query, limit, tables)
        yield _by_prefix(connection, _PINYIN, query, limit, tables)


_VISIBLE = (
    "NOT EXISTS (SELECT 1 FROM unfinished u JOIN run r ON r.id = u.run"
    " WHERE u.row = e.row AND r.state = 'running')"
)


def _by_prefix(
    connection: Connection, tier: int, prefix: str, limit: int, tables: Sequence[str]
) -> list[tuple[str, bytes, str]]:
    """The first rows whose terms begin so, of all tables together in the order of the terms."""
    found: dict[bytes, tuple[str, str, bytes, str]] = {}
    for table in tables:
        terms = connection.execute(
            "SELECT t.term, e.tbl, e.row, e.text FROM search_term t"
            " JOIN search_entry e ON e.n = t.entry"
            f" WHERE t.tier = ? AND t.term >= ? AND t.term < ? AND {_VISIBLE}",
            (_tier(table, tier), prefix, prefix + "\U0010ffff"),
        )
        # One row may have several such terms, so the limit is no matter of the statement.
        before = len(found)
        for hit in terms:
            found.setdefault(hit[2], hit)
            if len(found) - before == limit:
                break
    ordered = [(table, row, text) for _term, table, row, text in sorted(found.values())]
    return ordered[:limit] if limit >= 0 else ordered


def _tier(table: str, tier: int) -> int:
    """The number under which a tier of one table stands: prefixes are asked table by table."""
    return 10 * TABLES.index(table) + tier


def _by_pairs(
    connection: Connection, query: str, limit: int, tables: Sequence[str]
) -> list[tuple[str, bytes, str]]:
    core = query
    for word in _FORM_WORDS:
        core = core.replace(word, " ") if len(core.replace(word, "")) >= 2 else core
    parts = core.split()
    pairs = {pair for part in parts for pair in _pairs(part)}
    if not pairs:
        return []
    match = " AND ".join(f'"{pair}"' for pair in sorted(pairs))
    confirm = " AND ".join("instr(e.text, ?) > 0" for _ in parts)
    return connection.execute(
        "SELECT e.tbl, e.row, e.text FROM search_bigram b JOIN search_entry e ON e.n = b.rowid"
        f" WHERE search_bigram MATCH ? AND {confirm} AND {_VISIBLE}"
        f" AND e.tbl IN ({_marks(tables)}) LIMIT ?",
        (match, *parts, *tables, limit),
    ).fetchall()


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _bigrams(text: str) -> str:
    return " ".join({pair for name in text.split() for pair in _pairs(name)})


def _pairs(text: str) -> list[str]:
    kept = [letter for letter in text if letter.isalnum()]
    return ["".join(pair) for pair in itertools.pairwise(kept)]


def _entry(pinyin: PinyinTable, table: str, texts: list[str], codes: list[str]) -> _Entry:
    """What the index keeps of a row with these names and codes; nothing without a name."""
    if not texts:
        return _NOTHING
    names = [fold(text) for text in texts]
    terms = {(_NAME, name) for name in names}
    terms |= {
        (_TAIL, part[::-1]) for code in codes for part in re.findall(r"[0-9a-z]+", fold(code))
    }
    initials, full = pinyin.spellings(texts[0], person=table == "person")
    # By this a list is sorted as a dictionary is: digits and letters, then pinyin.
    spoken = next(iter(full), names[0])
    for word in _typed_words(table, texts):
        word_initials, word_full = pinyin.spellings(word)
        initials, full = initials + word_initials, full + word_full
    terms |= {(_INITIALS, reading) for reading in _longest(initials)}
    terms |= {(_PINYIN, reading) for reading in _longest(full)}
    return _Entry(
        " ".join(names), spoken, frozenset((_tier(table, tier), term) for tier, term in terms)
    )


def _typed_words(table: str, texts: list[str]) -> Iterator[str]:
    """What else than its full name people type for a unit or union: its core, its parts, its sign."""
    if table not in ("employer", "union_org"):
        return
    yield from texts[1:]
    for text in texts:
        if table == "employer":
            yield fold_name(text)
        yield from inner_words(text)


def _longest(readings: Sequence[str]) -> set[str]:
    """Without those that others begin with: a prefix finds these anyway."""
    distinct = set(readings)
    return {
        one
        for one in distinct
        if not any(other != one and other.startswith(one) for other in distinct)
    }


def _update(connection: Connection, number: int, old: _Entry, new: _Entry) -> None:
    text, spoken, terms = new.stored
    connection.execute(
        "UPDATE search_entry SET text = ?, terms = ? WHERE n = ?", (text, terms, number)
    )
    if spoken != old.spoken:
        # On its own: the index over it is written whenever the column is named.
        connection.execute("UPDATE search_entry SET spoken = ? WHERE n = ?", (spoken, number))


def _change(connection: Connection, number: int, old: _Entry, new: _Entry) -> None:
    """Write what is new about an entry, and only that."""
    if old.terms:
        connection.executemany(
            "DELETE FROM search_term WHERE tier = ? AND term = ? AND entry = ?",
            [(tier, term, number) for tier, term in old.terms - new.terms],
        )
    connection.executemany(
        "INSERT INTO search_term (tier, term, entry) VALUES (?, ?, ?)",
        [(tier, term, number) for tier, term in sorted(new.terms - old.terms)],
    )
    if old.text and old.text != new.text:
        connection.execute("DELETE FROM search_bigram WHERE rowid = ?", (number,))
    if new.text and old.text != new.text:
        connection.execute(
            "INSERT INTO search_bigram (rowid, bigrams) VALUES (?, ?)", (number, _bigrams(new.text))
        )
