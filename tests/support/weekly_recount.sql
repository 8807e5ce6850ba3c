-- Every measure of the weekly report at the end of :day, straight from the tables: one row for each
-- unit and each membership, with the street and the grid in which it lay on :sunday.
-- :sunday is the last day of the report's week, :least the staff the denominator asks for, :scope the
-- beginning of a division's code, :ranks the sources of facts by their worth.
WITH RECURSIVE
now_on AS (
    SELECT id, starts_on, coalesce(ends_on, '9999') AS ends_on,
        coalesce(sources, '["spoken", "seen", "paper", "roster"]') AS sources
    FROM round WHERE retired_on IS NULL AND starts_on <= :sunday ORDER BY id DESC LIMIT 1
),
family (row, unit) AS (
    SELECT id, id FROM employer WHERE merged_into IS NULL
    UNION ALL
    SELECT e.id, f.unit FROM employer e JOIN family f ON e.merged_into = f.row
),
-- Where everybody is.
seat AS (
    SELECT employer AS who, place, max(coalesce(since_on, '') || printf('%09d', n))
    FROM occupancy
    WHERE retired_on IS NULL AND coalesce(since_on, '') <= :sunday
        AND coalesce(until_on, '9999') > :sunday
    GROUP BY employer
),
person AS (
    SELECT m.id AS who, f.unit, u.division_code, coalesce(m.applied_on, '') AS applied_on,
        m.state, s.on_day, s.to_state
    FROM membership m
    LEFT JOIN family f ON f.row = m.employer
    LEFT JOIN union_org u ON u.id = m.union_org
    LEFT JOIN membership_step s ON s.membership = m.id AND s.from_state = 'pending'
        AND s.retired_on IS NULL
    WHERE m.retired_on IS NULL
),
starting (who, place) AS (
    SELECT f.unit, s.place FROM family f LEFT JOIN seat s ON s.who = f.unit WHERE f.row = f.unit
    UNION
    SELECT p.who, s.place FROM person p LEFT JOIN seat s ON s.who = p.unit
    WHERE p.unit IS NOT NULL
    UNION
    SELECT p.who, d.id FROM person p JOIN place d ON d.division_code = p.division_code
        AND d.kind = 'division' AND d.merged_into IS NULL
    WHERE p.unit IS NULL
),
climb (who, height, place) AS (
    SELECT who, 0, place FROM starting
    UNION ALL
    SELECT c.who, c.height + 1, coalesce(p.merged_into, p.parent)
    FROM climb c JOIN place p ON p.id = c.place
),
above AS (
    SELECT c.who, c.height, p.id, p.kind, p.name, p.division_code, g.id AS grid, g.code
    FROM climb c JOIN place p ON p.id = c.place
    LEFT JOIN grid g ON g.id = p.grid AND g.retired_on IS NULL
    WHERE p.merged_into IS NULL
),
division AS (
    SELECT who, id, division_code, min(height) FROM above WHERE kind = 'division' GROUP BY who
),
below_division AS (
    SELECT who, id, kind, name, max(height) FROM above WHERE kind <> 'division' GROUP BY who
),
in_grid AS (
    SELECT who, grid, code, min(height) FROM above WHERE grid IS NOT NULL GROUP BY who
),
lying AS (
    SELECT s.who, coalesce(d.division_code, '') AS division_code, b.name AS place, g.code AS grid_code,
        coalesce(CASE WHEN b.kind IN ('street', 'crossing', 'tower', 'village_group') THEN b.id
            ELSE d.id END, x'') AS street,
        coalesce(g.grid, x'') AS grid
    FROM starting s
    LEFT JOIN division d ON d.who = s.who
    LEFT JOIN below_division b ON b.who = s.who
    LEFT JOIN in_grid g ON g.who = s.who
),
-- What was known of units.
seen AS (
    SELECT f.unit, v.id, v.outcome, v.visited_on, v.visited_at, coalesce(v.unchanged, 0) AS unchanged,
        coalesce(v.target, 'unit') = 'unit' AND v.outcome IN ('1', '7')
            AND (coalesce(v.channel, '') NOT IN ('phone', 'online')
                OR EXISTS (SELECT 1 FROM json_each(r.sources) WHERE value = 'phone')) AS confirms
    FROM visit v JOIN family f ON f.row = v.employer JOIN now_on r ON r.id = v.round
    WHERE v.retired_on IS NULL AND v.visited_on <= :day
),
told AS (
    SELECT f.unit, t.field, t.value, t.observed_on,
        t.source IN ('tax', 'insurance') AS of_department,
        row_number() OVER (PARTITION BY f.unit, t.field
            ORDER BY t.observed_on, json_extract(:ranks, '$.' || t.source), t.id) AS nth,
        t.observed_on BETWEEN r.starts_on AND r.ends_on
            AND EXISTS (SELECT 1 FROM json_each(r.sources) WHERE value = t.source)
            AND (coalesce(v.channel, '') NOT IN ('phone', 'online')
                OR EXISTS (SELECT 1 FROM json_each(r.sources) WHERE value = 'phone'))
        OR EXISTS (SELECT 1 FROM seen s WHERE s.unit = f.unit AND s.confirms AND s.unchanged
            AND t.source NOT IN ('tax', 'insurance') AND t.observed_on <= s.visited_on
            AND (SELECT min(n) FROM change WHERE row = t.id)
                < (SELECT min(n) FROM change WHERE row = s.id)) AS in_round
    FROM fact t JOIN family f ON f.row = t.employer JOIN now_on r LEFT JOIN visit v ON v.id = t.visit
    WHERE t.retired_on IS NULL AND t.observed_on <= :day
),
newest AS (
    SELECT unit, field, value, max(nth) FROM told GROUP BY unit, field
),
newest_of_lamps AS ( -- what another department said lights no lamp and puts none out
    SELECT unit, field, value, in_round, max(nth - of_department * 1000000)
    FROM told GROUP BY unit, field
),
known AS (
    SELECT unit, json_group_object(field, value) AS all_of FROM newest GROUP BY unit
),
sure AS (
    SELECT unit, max(value) FILTER (WHERE field = 'union_state') AS union_state,
        json_group_object(field, value) FILTER (WHERE in_round AND value <> ''
            AND (field <> 'union_state' OR value <> '7')) AS confirmed
    FROM newest_of_lamps GROUP BY unit
),
lamps AS (
    SELECT s.unit,
        confirmed ->> 'union_state' IS NOT NULL
            AND (union_state <> '1' OR confirmed ->> 'union_name' IS NOT NULL
                AND confirmed ->> 'union_founded_on' IS NOT NULL)
            AND (union_state <> '2' OR confirmed ->> 'covering_union' IS NOT NULL
                OR confirmed ->> 'union_name' IS NOT NULL) AS founded,
        coalesce(e.name, '') <> '' AND coalesce(l.place, '') <> '' AND length(l.division_code) >= 12
            AND coalesce(e.grid, l.grid_code, confirmed ->> 'grid') IS NOT NULL
            AND EXISTS (SELECT 1 FROM seen v WHERE v.unit = s.unit AND v.confirms) AS located,
        confirmed ->> 'staff_total' IS NOT NULL AND confirmed ->> 'staff_women' IS NOT NULL
            AND confirmed ->> 'staff_migrant' IS NOT NULL
            AND confirmed ->> 'staff_new_form' IS NOT NULL AS counted,
        CASE
            WHEN union_state IN ('1', '2') THEN confirmed ->> 'member_count' IS NOT NULL
                AND confirmed ->> 'registered_members' IS NOT NULL
            WHEN union_state = '6' THEN confirmed ->> 'no_union_reason' IS NOT NULL
            ELSE confirmed ->> 'employer_willing' IS NOT NULL
                AND confirmed ->> 'staff_willing' IS NOT NULL
                AND confirmed ->> 'no_union_reason' IS NOT NULL
                AND confirmed ->> 'responsible' IS NOT NULL
                AND confirmed ->> 'next_visit_on' IS NOT NULL
        END AS progressed
    FROM sure s JOIN employer e ON e.id = s.unit JOIN lying l ON l.who = s.unit
),
union_since AS ( -- the first 有 after the last 无, where there was one
    SELECT t.unit, min(t.observed_on) AS on_day
    FROM told t JOIN (
        SELECT unit, max(nth) AS nth FROM told
        WHERE field = 'union_state' AND value NOT IN ('1', '2') GROUP BY unit
    ) without ON without.unit = t.unit AND t.nth > without.nth
    WHERE t.field = 'union_state' GROUP BY t.unit
),
closing AS (
    SELECT f.unit, max(c.closed_at) AS at
    FROM effort c JOIN family f ON f.row = c.employer JOIN now_on r ON r.id = c.round
    WHERE c.retired_on IS NULL AND date(c.closed_at, '+8 hours') <= :day GROUP BY f.unit
)
SELECT l.who, l.street, l.grid,
    (:least = 0 OR cast(coalesce(all_of ->> 'staff_total', all_of ->> 'member_count') AS INTEGER)
            >= :least)
        AND coalesce(e.retired_on, '9999') > :day
        AND coalesce((SELECT min(since_on) FROM occupancy o WHERE o.employer = e.id
            AND o.retired_on IS NULL), '') <= :day AS due,
    EXISTS (SELECT 1 FROM seen v WHERE v.unit = e.id AND v.outcome <> '2') AS reached,
    p.founded AND p.located AND p.counted AND p.progressed AS clear,
    c.at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM seen v WHERE v.unit = e.id
        AND v.visited_at > c.at AND v.outcome NOT IN ('2', '3')) AS closed,
    all_of ->> 'union_state' IN ('3', '4', '5')
        AND coalesce(all_of ->> 'operating_state', '') NOT IN ('moved', 'closed', 'unfound')
        AS unfounded,
    all_of ->> 'union_state' IN ('1', '2') AND coalesce(all_of ->> 'union_founded_on', u.on_day)
        BETWEEN (SELECT starts_on FROM now_on) AND :day AS founded,
    NULL AS joined, NULL AS pending, NULL AS returned
FROM employer e JOIN lying l ON l.who = e.id
LEFT JOIN known k ON k.unit = e.id
LEFT JOIN lamps p ON p.unit = e.id
LEFT JOIN union_since u ON u.unit = e.id
LEFT JOIN closing c ON c.unit = e.id
WHERE e.merged_into IS NULL AND l.division_code LIKE :scope || '%'
UNION ALL
SELECT l.who, l.street, l.grid, NULL, NULL, NULL, NULL, NULL, NULL,
    p.to_state IN ('full', 'temporary')
        AND p.on_day BETWEEN (SELECT starts_on FROM now_on) AND :day,
    p.applied_on <= :day AND (p.state = 'pending' OR p.on_day > :day),
    p.to_state = 'refused' AND p.on_day BETWEEN (SELECT starts_on FROM now_on) AND :day
FROM person p JOIN lying l ON l.who = p.who
WHERE l.division_code LIKE :scope || '%'
