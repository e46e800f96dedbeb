-- First versions, with everything that belongs to them, in one statement: one round trip and one commit for one or for ten.
-- A double id ends it with 23505 (directory), and nothing is written.
-- $1-$7 resources (child, rid, type, id, updated, body, keys as '{1,2}'); $8, $9 who.
-- $10-$17 dates (child, rid, param, n, starts, ends, wall_starts, wall_ends); $18-$22 texts (child, rid, param, n, value).
with made as (
  select child, rid, type, id, updated, body, keys::bigint[] as keys
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[]) as made (child, rid, type, id, updated, body, keys)
), named as (
  insert into directory (id, type, child, rid) select id, type, child, rid from made
), stored as (
  insert into resource (child, rid, type, id, version, updated, practitioner, device, body, keys)
  select child, rid, type, id, 1, updated, $8, $9, body, keys from made
), tokens as (
  insert into search_token (hash, child, rid) select unnest(keys), child, rid from made
), dates as (
  insert into search_date (child, rid, param, n, starts, ends, wall_starts, wall_ends)
  select child, rid, param, n, starts, ends, wall_starts, wall_ends
  from unnest($10::bigint[], $11::bigint[], $12::bigint[], $13::smallint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[]) as made (child, rid, param, n, starts, ends, wall_starts, wall_ends)
), texts as (
  insert into search_text (child, rid, param, n, value)
  select child, rid, param, n, value
  from unnest($18::bigint[], $19::bigint[], $20::bigint[], $21::smallint[], $22::text[]) as made (child, rid, param, n, value)
)
insert into change (child, rid, version) select child, rid, 1 from made
