-- Resources with all their versions, each with its own who and when.
-- $1-$5 resources (child, rid, type, id, keys); $6-$12 versions (child, rid, version, updated, practitioner, device, body), the
-- last of each resource is the current one; $13-$20 dates, $21-$25 texts as in insertResources.
with made as (
  select child, rid, type, id, keys::bigint[] as keys
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[]) as made (child, rid, type, id, keys)
), versions as (
  select child, rid, version, updated, practitioner, device, body, row_number() over (partition by child, rid order by version desc) = 1 as current
  from unnest($6::bigint[], $7::bigint[], $8::integer[], $9::timestamptz[], $10::text[], $11::text[], $12::text[]) as made (child, rid, version, updated, practitioner, device, body)
), named as (
  insert into directory (id, type, child, rid) select id, type, child, rid from made
), stored as (
  insert into resource (child, rid, type, id, version, updated, practitioner, device, body, keys)
  select m.child, m.rid, m.type, m.id, v.version, v.updated, v.practitioner, v.device, v.body, m.keys
  from made m join versions v on v.child = m.child and v.rid = m.rid and v.current
), earlier as (
  insert into earlier_version (child, rid, version, updated, practitioner, device, body)
  select child, rid, version, updated, practitioner, device, body from versions where not current
), tokens as (
  insert into search_token (hash, child, rid) select unnest(keys), child, rid from made
), dates as (
  insert into search_date (child, rid, param, n, starts, ends, wall_starts, wall_ends)
  select child, rid, param, n, starts, ends, wall_starts, wall_ends
  from unnest($13::bigint[], $14::bigint[], $15::bigint[], $16::smallint[], $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[]) as made (child, rid, param, n, starts, ends, wall_starts, wall_ends)
), texts as (
  insert into search_text (child, rid, param, n, value)
  select child, rid, param, n, value
  from unnest($21::bigint[], $22::bigint[], $23::bigint[], $24::smallint[], $25::text[]) as made (child, rid, param, n, value)
)
insert into change (child, rid, version) select child, rid, version from versions order by child, rid, version
