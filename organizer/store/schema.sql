-- Tables are marked: shared (only through the write path, logged, travels), log (the log itself),
-- local (never travels, erased with a person) or derived (rebuilt by `database check --rebuild`).
-- Every shared row has a local number `n` for lists, a 16-byte `id` for links, and `retired_on`.

CREATE TABLE office ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT,
    division_code TEXT,
    level TEXT,
    screen_signature INTEGER,
    interim_numbers INTEGER,
    retired_on TEXT
);

CREATE TABLE account ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT,
    role TEXT,
    division_code TEXT,
    retired_on TEXT
);

CREATE TABLE place ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    parent BLOB,
    merged_into BLOB,
    grid BLOB,
    kind TEXT,
    name TEXT,
    number TEXT,
    side TEXT,
    sort_key TEXT,
    division_code TEXT,
    raw TEXT,
    retired_on TEXT
);
CREATE INDEX place_by_parent ON place (parent, sort_key);
CREATE INDEX place_by_division ON place (division_code, kind);
CREATE INDEX place_by_survivor ON place (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX place_by_grid ON place (grid) WHERE grid IS NOT NULL;

CREATE TABLE grid ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    code TEXT,
    name TEXT,
    division_code TEXT,
    boundary TEXT,
    responsible TEXT,
    phone TEXT,
    retired_on TEXT
);
CREATE INDEX grid_by_division ON grid (division_code, code);

CREATE TABLE employer ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    merged_into BLOB,
    name TEXT,
    signboard TEXT,
    uscc TEXT,
    registration_no TEXT,
    unit_type TEXT,
    nature TEXT,
    econ_type TEXT,
    industry TEXT,
    legal_person TEXT,
    contact TEXT,
    phone TEXT,
    registered_address TEXT,
    address TEXT,
    founded_on TEXT,
    grid TEXT,
    remark TEXT,
    retired_on TEXT
);
CREATE INDEX employer_by_uscc ON employer (uscc) WHERE uscc IS NOT NULL;
CREATE INDEX employer_by_name ON employer (name);
CREATE INDEX employer_by_survivor ON employer (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE occupancy ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    employer BLOB,
    place BLOB,
    since_on TEXT,
    until_on TEXT,
    retired_on TEXT
);
CREATE INDEX occupancy_by_employer ON occupancy (employer);
CREATE INDEX occupancy_by_place ON occupancy (place);

CREATE TABLE fact ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    employer BLOB,
    visit BLOB,
    field TEXT,
    value TEXT,
    source TEXT,
    observed_on TEXT,
    source_row INTEGER,
    retired_on TEXT
);
CREATE INDEX fact_by_employer ON fact (employer, field);
CREATE INDEX fact_by_visit ON fact (visit) WHERE visit IS NOT NULL;

CREATE TABLE round ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT,
    starts_on TEXT,
    ends_on TEXT,
    division_code TEXT,
    denominator TEXT,
    sources TEXT,
    lamp_rules TEXT,
    retired_on TEXT
);

CREATE TABLE visit ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    round BLOB,
    employer BLOB,
    place BLOB,
    person BLOB,
    visitor BLOB,
    corrects BLOB,
    target TEXT,
    channel TEXT,
    group_name TEXT,
    outcome TEXT,
    visited_on TEXT,
    visited_at TEXT,
    companions TEXT,
    person_met TEXT,
    unchanged INTEGER,
    remark TEXT,
    next_on TEXT,
    retired_on TEXT
);
-- By employer and by round: what is asked of all visits is answered without reading their rows.
CREATE INDEX visit_by_employer ON visit (employer, visited_on, outcome, retired_on, channel,
    unchanged);
CREATE INDEX visit_by_place ON visit (place, visited_on) WHERE place IS NOT NULL;
CREATE INDEX visit_by_round ON visit (round, employer, visited_on, outcome, retired_on);
CREATE INDEX visit_by_corrected ON visit (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX visit_by_person ON visit (person) WHERE person IS NOT NULL;

CREATE TABLE effort ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    round BLOB,
    employer BLOB,
    closer BLOB,
    ground TEXT,
    closed_at TEXT,
    remark TEXT,
    retired_on TEXT
);
CREATE INDEX effort_by_employer ON effort (employer, round);

CREATE TABLE assignment ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    round BLOB,
    grid BLOB,
    place BLOB,
    assignee TEXT,
    assigned_on TEXT,
    until_on TEXT,
    ended_on TEXT,
    remark TEXT,
    retired_on TEXT
);
CREATE INDEX assignment_by_place ON assignment (place) WHERE place IS NOT NULL;
CREATE INDEX assignment_by_grid ON assignment (grid) WHERE grid IS NOT NULL;

CREATE TABLE drive ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT,
    division_code TEXT,
    filter TEXT,
    target TEXT,
    due_on TEXT,
    responsible TEXT,
    retired_on TEXT
);

CREATE TABLE sheet ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    round BLOB,
    place BLOB,
    kind TEXT,
    code TEXT,
    printed_on TEXT,
    retired_on TEXT
);
CREATE INDEX sheet_by_code ON sheet (code);

CREATE TABLE sheet_row ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    sheet BLOB,
    round BLOB,
    employer BLOB,
    place BLOB,
    position INTEGER,
    code TEXT,
    retired_on TEXT
);
CREATE INDEX sheet_row_by_code ON sheet_row (code);
CREATE INDEX sheet_row_by_sheet ON sheet_row (sheet, position);
CREATE INDEX sheet_row_by_employer ON sheet_row (employer, round) WHERE employer IS NOT NULL;

CREATE TABLE spot_check ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    round BLOB,
    division_code TEXT,
    seed INTEGER,
    size INTEGER,
    drawn_on TEXT,
    retired_on TEXT
);

CREATE TABLE spot_check_item ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    spot_check BLOB,
    employer BLOB,
    visit BLOB,
    position INTEGER,
    agrees TEXT,
    answered_on TEXT,
    remark TEXT,
    retired_on TEXT
);
CREATE INDEX spot_check_item_by_check ON spot_check_item (spot_check, position);
CREATE INDEX spot_check_item_by_visit ON spot_check_item (visit);

CREATE TABLE union_org ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    parent BLOB,
    merged_into BLOB,
    name TEXT,
    short_name TEXT,
    org_type TEXT,
    org_form TEXT,
    level TEXT,
    division_code TEXT,
    local_code TEXT,
    provincial_code TEXT,
    national_code TEXT,
    uscc TEXT,
    founded_on TEXT,
    approval_no TEXT,
    term_from TEXT,
    term_until TEXT,
    chairman TEXT,
    phone TEXT,
    audit_committee TEXT,
    women_committee TEXT,
    certificate_no TEXT,
    certificate_until TEXT,
    listed_members INTEGER,
    listed_on TEXT,
    retired_on TEXT
);
CREATE INDEX union_org_by_name ON union_org (name);
CREATE INDEX union_org_by_division ON union_org (division_code);
CREATE INDEX union_org_by_survivor ON union_org (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE coverage ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    employer BLOB,
    union_org BLOB,
    kind TEXT,
    since_on TEXT,
    until_on TEXT,
    retired_on TEXT
);
CREATE INDEX coverage_by_employer ON coverage (employer);
CREATE INDEX coverage_by_union ON coverage (union_org);

CREATE TABLE person ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    merged_into BLOB,
    name TEXT,
    original_writing TEXT,
    sex TEXT,
    born_on TEXT,
    ethnic TEXT,
    paper_kind TEXT,
    id_number TEXT,
    phone TEXT,
    education TEXT,
    political TEXT,
    household_kind TEXT,
    household_place TEXT,
    native_place TEXT,
    address TEXT,
    migrant INTEGER,
    group_code TEXT,
    platform TEXT,
    station TEXT,
    skill_level TEXT,
    erased_on TEXT,
    retired_on TEXT
);
CREATE INDEX person_by_id_number ON person (id_number) WHERE id_number IS NOT NULL;
CREATE INDEX person_by_name ON person (name);
CREATE INDEX person_by_phone ON person (phone) WHERE phone IS NOT NULL;
CREATE INDEX person_by_original_writing ON person (original_writing)
    WHERE original_writing IS NOT NULL;
CREATE INDEX person_numberless ON person (id)
    WHERE id_number IS NULL AND erased_on IS NULL AND retired_on IS NULL AND merged_into IS NULL;
CREATE INDEX person_by_former ON person (original_writing) WHERE original_writing IS NOT NULL;
CREATE INDEX person_by_survivor ON person (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX person_erased ON person (id) WHERE erased_on IS NOT NULL;

CREATE TABLE membership ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    person BLOB,
    union_org BLOB,
    employer BLOB,
    state TEXT,
    position TEXT,
    employment_state TEXT,
    engagement TEXT,
    channel TEXT,
    applied_on TEXT,
    application_text TEXT,
    joined_on TEXT,
    change_kind TEXT,
    change_reason TEXT,
    change_on TEXT,
    card_no TEXT,
    workplace TEXT,
    gathering BLOB,
    approval_list BLOB,
    warnings_seen TEXT,
    told_on TEXT,
    told_way TEXT,
    paid_until TEXT,
    retired_on TEXT
);
CREATE INDEX membership_by_person ON membership (person);
CREATE INDEX membership_by_union ON membership (union_org, state);
CREATE INDEX membership_by_employer ON membership (employer);
CREATE INDEX membership_by_gathering ON membership (gathering) WHERE gathering IS NOT NULL;
CREATE INDEX membership_by_approval_list ON membership (approval_list)
    WHERE approval_list IS NOT NULL;
CREATE INDEX membership_untold ON membership (joined_on) WHERE told_on IS NULL
    AND state IN ('full', 'temporary') AND channel IS NOT 'stock' AND retired_on IS NULL;
CREATE INDEX membership_pending ON membership (applied_on)
    WHERE state = 'pending' AND retired_on IS NULL;

CREATE TABLE membership_step ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    membership BLOB,
    person BLOB,
    from_state TEXT,
    to_state TEXT,
    reason_code TEXT,
    reason TEXT,
    paper_no TEXT,
    on_day TEXT,
    filed_on TEXT,
    retired_on TEXT
);
CREATE INDEX membership_step_by_membership ON membership_step (membership);
CREATE INDEX membership_step_by_person ON membership_step (person);
CREATE INDEX membership_step_unfiled ON membership_step (on_day)
    WHERE to_state = 'expelled' AND filed_on IS NULL;

CREATE TABLE transfer ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    person BLOB,
    leaving BLOB,
    arriving BLOB,
    from_union BLOB,
    from_name TEXT,
    to_union BLOB,
    to_name TEXT,
    letter_no TEXT,
    reason_code TEXT,
    paid_until TEXT,
    sent_on TEXT,
    valid_until TEXT,
    received_on TEXT,
    retired_on TEXT
);
CREATE INDEX transfer_by_person ON transfer (person);
CREATE INDEX transfer_by_leaving ON transfer (leaving);
CREATE INDEX transfer_open ON transfer (sent_on) WHERE received_on IS NULL AND retired_on IS NULL;

CREATE TABLE officer ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    union_org BLOB,
    person BLOB,
    name TEXT,
    post TEXT,
    engaged TEXT,
    since_on TEXT,
    until_on TEXT,
    retired_on TEXT
);
CREATE INDEX officer_by_union ON officer (union_org);
CREATE INDEX officer_by_person ON officer (person);

CREATE TABLE founding ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    employer BLOB,
    union_org BLOB,
    kind TEXT,
    union_name TEXT,
    begun_on TEXT,
    meeting TEXT,
    venue TEXT,
    due_count INTEGER,
    present_count INTEGER,
    ballots_out INTEGER,
    ballots_back INTEGER,
    ballots_void INTEGER,
    seats INTEGER,
    term_years INTEGER,
    founded_on TEXT,
    given_up_on TEXT,
    reason TEXT,
    retired_on TEXT
);
CREATE INDEX founding_by_employer ON founding (employer);

CREATE TABLE founding_step ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    founding BLOB,
    employer BLOB,
    step TEXT,
    due_on TEXT,
    done_on TEXT,
    responsible TEXT,
    paper_no TEXT,
    remark TEXT,
    retired_on TEXT
);
CREATE INDEX founding_step_by_founding ON founding_step (founding);
CREATE INDEX founding_step_by_employer ON founding_step (employer) WHERE employer IS NOT NULL;

CREATE TABLE candidate ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    founding BLOB,
    person BLOB,
    name TEXT,
    body TEXT,
    post TEXT,
    position TEXT,
    barred TEXT,
    votes INTEGER,
    elected TEXT,
    retired_on TEXT
);
CREATE INDEX candidate_by_founding ON candidate (founding);
CREATE INDEX candidate_by_person ON candidate (person);

CREATE TABLE gathering ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    union_org BLOB,
    employer BLOB,
    name TEXT,
    held_on TEXT,
    venue TEXT,
    oath_reader TEXT,
    oath_version TEXT,
    authority_no TEXT,
    authorised_by TEXT,
    authorised_until TEXT,
    authorised_most INTEGER,
    closed_on TEXT,
    retired_on TEXT
);
CREATE INDEX gathering_by_union ON gathering (union_org);

CREATE TABLE approval_list ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    union_org BLOB,
    committee TEXT,
    met_on TEXT,
    paper_no TEXT,
    retired_on TEXT
);
CREATE INDEX approval_list_by_union ON approval_list (union_org);

CREATE TABLE consent ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    person BLOB,
    purpose TEXT,
    text_version TEXT,
    receivers TEXT,
    form TEXT,
    given_on TEXT,
    withdrawn_on TEXT,
    withdrawal_form TEXT,
    reported_on TEXT,
    retired_on TEXT
);
CREATE INDEX consent_by_person ON consent (person);

-- Two records that somebody looked at and found not to be one; ids as hex, the lesser first.
CREATE TABLE distinct_pair ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    kind TEXT,
    one TEXT,
    other TEXT,
    retired_on TEXT
);

CREATE TABLE attachment ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    person BLOB,
    employer BLOB,
    visit BLOB,
    sha256 BLOB,
    kind TEXT,
    size INTEGER,
    file_name TEXT,
    retired_on TEXT
);
CREATE INDEX attachment_by_person ON attachment (person);
CREATE INDEX attachment_by_employer ON attachment (employer);
CREATE INDEX attachment_by_visit ON attachment (visit) WHERE visit IS NOT NULL;
CREATE INDEX attachment_by_sha256 ON attachment (sha256);

CREATE TABLE paper ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    person BLOB,
    attachment BLOB,
    form TEXT,
    form_version TEXT,
    text_version TEXT,
    short_id TEXT,
    printed_on TEXT,
    union_org BLOB,
    employer BLOB,
    founding BLOB,
    signed_on TEXT,
    stamped_on TEXT,
    filed_on TEXT,
    box TEXT,
    retired_on TEXT
);
CREATE INDEX paper_by_person ON paper (person);
CREATE INDEX paper_by_attachment ON paper (attachment);
CREATE INDEX paper_by_short_id ON paper (short_id);
CREATE INDEX paper_by_box ON paper (box) WHERE box IS NOT NULL;
CREATE INDEX paper_by_union ON paper (union_org) WHERE union_org IS NOT NULL;
CREATE INDEX paper_by_founding ON paper (founding) WHERE founding IS NOT NULL;
CREATE INDEX paper_unfiled ON paper (form) WHERE filed_on IS NULL AND retired_on IS NULL;

CREATE TABLE batch ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    union_org BLOB,
    profile TEXT,
    profile_sha256 TEXT,
    state TEXT,
    sealed_at TEXT,
    sha256 BLOB,
    file_name TEXT,
    row_count INTEGER,
    retired_on TEXT
);

CREATE TABLE batch_item ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    batch BLOB,
    membership BLOB,
    person BLOB,
    position INTEGER,
    cells TEXT,
    state TEXT,
    retired_on TEXT
);
CREATE INDEX batch_item_by_batch ON batch_item (batch, position);
CREATE INDEX batch_item_by_membership ON batch_item (membership);
CREATE INDEX batch_item_by_person ON batch_item (person);

CREATE TABLE erasure ( -- shared
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    salt BLOB,
    row_hash BLOB,
    id_hash BLOB,
    reason TEXT,
    retired_on TEXT
);
CREATE INDEX erasure_by_row_hash ON erasure (row_hash);

CREATE TABLE device ( -- log
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    started_at TEXT NOT NULL
);

CREATE TABLE writes ( -- log
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    device INTEGER NOT NULL REFERENCES device (n),
    name TEXT NOT NULL,
    actor BLOB,
    at TEXT NOT NULL,
    source TEXT,
    source_salt BLOB,
    source_digest BLOB NOT NULL,
    undoes BLOB,
    run BLOB,
    vocabulary INTEGER NOT NULL,
    digest BLOB NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL
);
CREATE INDEX writes_by_run ON writes (run) WHERE run IS NOT NULL;
CREATE INDEX writes_by_undoes ON writes (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE change ( -- log
    n INTEGER PRIMARY KEY,
    device INTEGER NOT NULL REFERENCES device (n),
    seq INTEGER NOT NULL,
    write_n INTEGER NOT NULL REFERENCES writes (n),
    tbl TEXT NOT NULL,
    row BLOB NOT NULL,
    op TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT,
    salt BLOB,
    digest BLOB NOT NULL,
    bases TEXT NOT NULL,
    hlc INTEGER NOT NULL,
    UNIQUE (device, seq)
);
CREATE INDEX change_by_row ON change (row);
CREATE INDEX change_of_new_employer ON change (write_n, row)
    WHERE tbl = 'employer' AND op = 'insert';

CREATE TABLE audit ( -- log
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor BLOB,
    action TEXT NOT NULL,
    subject BLOB,
    detail TEXT,
    detail_salt BLOB,
    detail_digest BLOB NOT NULL,
    link BLOB NOT NULL
);

CREATE TABLE this_file ( -- local
    key TEXT PRIMARY KEY,
    value BLOB
) WITHOUT ROWID;

CREATE TABLE run ( -- local
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL,
    position INTEGER NOT NULL,
    tally TEXT NOT NULL,
    started_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE unfinished ( -- local
    row BLOB PRIMARY KEY,
    run BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE draft ( -- local
    id BLOB PRIMARY KEY,
    screen TEXT NOT NULL,
    fields TEXT NOT NULL,
    saved_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE export_file ( -- local
    id BLOB PRIMARY KEY,
    batch BLOB NOT NULL,
    path TEXT NOT NULL,
    made_at TEXT NOT NULL,
    cleared_at TEXT
) WITHOUT ROWID;
CREATE INDEX export_file_by_batch ON export_file (batch);

CREATE TABLE conflict ( -- derived
    tbl TEXT NOT NULL,
    row BLOB NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (row, field)
) WITHOUT ROWID;

-- `told` is the newest fact that no other department gave: what those who collect may see.
CREATE TABLE fact_now ( -- derived
    employer BLOB NOT NULL,
    field TEXT NOT NULL,
    fact BLOB NOT NULL,
    told BLOB,
    PRIMARY KEY (employer, field)
) WITHOUT ROWID;
CREATE INDEX fact_now_due ON fact_now (employer) WHERE field = 'next_visit_on';
CREATE INDEX fact_now_promised ON fact_now (employer) WHERE field = 'promise';

CREATE TABLE lamp_now ( -- derived
    employer BLOB PRIMARY KEY,
    lights TEXT NOT NULL,
    lacking TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX lamp_now_by_lacking ON lamp_now (lacking) WHERE lacking <> '';

CREATE TABLE place_path ( -- derived
    place BLOB PRIMARY KEY,
    path TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX place_path_by_path ON place_path (path);

CREATE TABLE search_entry ( -- derived
    n INTEGER PRIMARY KEY,
    tbl TEXT NOT NULL,
    row BLOB NOT NULL UNIQUE,
    text TEXT NOT NULL,
    spoken TEXT NOT NULL,
    terms TEXT NOT NULL
);
CREATE INDEX search_entry_by_spoken ON search_entry (tbl, spoken);

CREATE TABLE search_term ( -- derived
    tier INTEGER NOT NULL,
    term TEXT NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (tier, term, entry)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE search_bigram USING fts5 ( -- derived
    bigrams, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61'
);
