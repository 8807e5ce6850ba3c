"""Search over employers, people, places and unions: five tiers asked one after another, never ranked.

Tail of an id, phone or code; prefix of a name; pinyin initials; hanzi pairs (FTS5's trigrams find
nothing for two-character names); full pinyin. Every tier stops at the limit, so a find stays flat.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from organizer.domain.employer_name import fold_name
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
_HIDDEN_PLACES = frozenset({"floor", "door"})
_HANZI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


@dataclass(frozen=True)
class Hit:
    """A found row; `tier` says which kind of match found it (1 tail … 5 hanzi pairs)."""

    table: str
    row: bytes
    text: str


def index(connection: Connection, pinyin: PinyinTable, table: str, rows: Iterable[bytes]) -> None:
    """Bring the index to what these rows of a table say now."""
    names, tails = _TEXTS[table]
    kind = "kind" if table == "place" else "NULL"
    select = f"SELECT retired_on, {kind}, {names} {', ' + tails if tails else ''} FROM {table} WHERE id = ?"
    count = names.count(",") + 1
    for row in rows:
        _forget(connection, row)
        found = connection.execute(select, (row,)).fetchone()
        if found is None or found[0] is not None or found[1] in _HIDDEN_PLACES:
            continue
        texts = [text for text in found[2 : 2 + count] if text]
        if texts:
            codes = [code for code in found[2 + count :] if code]
            _remember(connection, pinyin, table, row, texts, codes)


def find(connection: Connection, text: str, limit: int = 50) -> list[Hit]:
    """Rows that match a query, best tier first, each row once; unfinished imports are not shown."""
    query = fold(text)
    hits: dict[bytes, Hit] = {}
    if query:
        for candidates in _tiers(connection, query, limit):
            for table, row, shown in candidates:
                hits.setdefault(row, Hit(table, row, shown))
            if len(hits) >= limit:
                break
    return list(hits.values())[:limit]


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
    connection: Connection, query: str, limit: int
) -> Iterator[Iterable[tuple[str, bytes, str]]]:
    if len(query) >= 3 and query.isascii() and any(letter.isdigit() for letter in query):
        yield _by_prefix(connection, _TAIL, query[::-1], limit)
    yield _by_prefix(connection, _NAME, query, limit)
    if _HANZI.search(query):
        if len(query) >= 2:
            yield _by_pairs(connection, query, limit)
    elif query.isalpha():
        yield _by_prefix(connection, _INITIALS, query, limit)
        yield _by_prefix(connection, _PINYIN, query, limit)


_VISIBLE = (
    "NOT EXISTS (SELECT 1 FROM unfinished u JOIN run r ON r.id = u.run"
    " WHERE u.row = e.row AND r.state = 'running')"
)


def _by_prefix(
    connection: Connection, tier: int, prefix: str, limit: int
) -> list[tuple[str, bytes, str]]:
    return connection.execute(
        "SELECT DISTINCT e.tbl, e.row, e.text FROM search_term t JOIN search_entry e ON e.n = t.entry"
        f" WHERE t.tier = ? AND t.term >= ? AND t.term < ? AND {_VISIBLE} LIMIT ?",
        (tier, prefix, prefix + "\U0010ffff", limit),
    ).fetchall()


def _by_pairs(connection: Connection, query: str, limit: int) -> list[tuple[str, bytes, str]]:
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
        f" WHERE search_bigram MATCH ? AND {confirm} AND {_VISIBLE} LIMIT ?",
        (match, *parts, limit),
    ).fetchall()


def _pairs(text: str) -> list[str]:
    kept = [letter for letter in text if letter.isalnum()]
    return ["".join(pair) for pair in itertools.pairwise(kept)]


def _remember(
    connection: Connection,
    pinyin: PinyinTable,
    table: str,
    row: bytes,
    texts: list[str],
    codes: list[str],
) -> None:
    names = [fold(text) for text in texts]
    terms = {(_NAME, name) for name in names}
    terms |= {
        (_TAIL, part[::-1]) for code in codes for part in re.findall(r"[0-9a-z]+", fold(code))
    }
    spoken = {texts[0]} | ({fold_name(texts[0])} if table == "employer" else set())
    for name in filter(None, spoken):
        terms |= {(_INITIALS, reading) for reading in pinyin.initials(name)}
        terms |= {(_PINYIN, reading) for reading in pinyin.full(name)}
    ordered = sorted(terms)
    entry = connection.execute(
        "INSERT INTO search_entry (tbl, row, text, terms) VALUES (?, ?, ?, ?)",
        (table, row, " ".join(names), msgspec.json.encode(ordered).decode()),
    ).lastrowid
    connection.executemany(
        "INSERT INTO search_term (tier, term, entry) VALUES (?, ?, ?)",
        [(tier, term, entry) for tier, term in ordered],
    )
    pairs = {pair for name in names for pair in _pairs(name)}
    connection.execute(
        "INSERT INTO search_bigram (rowid, bigrams) VALUES (?, ?)", (entry, " ".join(pairs))
    )


def _forget(connection: Connection, row: bytes) -> None:
    found = connection.execute("SELECT n, terms FROM search_entry WHERE row = ?", (row,)).fetchone()
    if found is None:
        return
    entry, terms = found
    connection.executemany(
        "DELETE FROM search_term WHERE tier = ? AND term = ? AND entry = ?",
        [(tier, term, entry) for tier, term in msgspec.json.decode(terms)],
    )
    connection.execute("DELETE FROM search_bigram WHERE rowid = ?", (entry,))
    connection.execute("DELETE FROM search_entry WHERE n = ?", (entry,))
