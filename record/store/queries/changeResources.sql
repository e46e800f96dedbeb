-- Later versions: the current one becomes history, only the difference of the search rows is touched.
-- A row that is no longer in the version it was read in ends the statement with BA001, and nothing is written.
-- $1-$6 resources (child, rid, was, updated, body or null, keys as '{1,2}'); $7, $8 who.
-- $9-$16 dates, $17-$21 texts as in insertResources: they replace all rows of these resources.
-- $22: children to take off the worklist.
with made as (
  select child, rid, was, updated, body, keys::bigint[] as keys
  from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::timestamptz[], $5::text[], $6::text[]) as made (child, rid, was, updated, body, keys)
), new_dates as (
  select child, rid, param, n, starts, ends, wall_starts, wall_ends
  from unnest($9::bigint[], $10::bigint[], $11::bigint[], $12::smallint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[]) as made (child, rid, param, n, starts, ends, wall_starts, wall_ends)
), new_texts as (
  select child, rid, param, n, value
  from unnest($17::bigint[], $18::bigint[], $19::bigint[], $20::smallint[], $21::text[]) as made (child, rid, param, n, value)
), old as (
  select r.child, r.rid, r.version, r.updated, r.practitioner, r.device, r.body, r.keys
  from made m join resource r on r.child = m.child and r.rid = m.rid and r.version = m.was
), kept as (
  insert into earlier_version (child, rid, version, updated, practitioner, device, body)
  select child, rid, version, updated, practitioner, device, body from old
), changed as (
  update resource r
  set version = m.was + 1, updated = m.updated, practitioner = $7, device = $8, body = m.body, keys = m.keys
  from made m
  where r.child = m.child and r.rid = m.rid and r.version = m.was
  returning r.child
), tokens_gone as (
  delete from search_token t
  using (select unnest(o.keys) as hash, o.child, o.rid from old o except select unnest(m.keys), m.child, m.rid from made m) as gone
  where t.hash = gone.hash and t.child = gone.child and t.rid = gone.rid
), tokens_new as (
  insert into search_token (hash, child, rid)
  select unnest(m.keys), m.child, m.rid from made m except select unnest(o.keys), o.child, o.rid from old o
), dates_gone as (
  delete from search_date d using made m
  where d.child = m.child and d.rid = m.rid
    and not exists (select from new_dates x where x.child = d.child and x.rid = d.rid and x.param = d.param and x.n = d.n)
), dates_new as (
  insert into search_date (child, rid, param, n, starts, ends, wall_starts, wall_ends)
  select child, rid, param, n, starts, ends, wall_starts, wall_ends from new_dates
  on conflict (child, rid, param, n) do update
  set starts = excluded.starts, ends = excluded.ends, wall_starts = excluded.wall_starts, wall_ends = excluded.wall_ends
), texts_gone as (
  delete from search_text t using made m
  where t.child = m.child and t.rid = m.rid
    and not exists (select from new_texts x where x.child = t.child and x.rid = t.rid and x.param = t.param and x.n = t.n)
), texts_new as (
  insert into search_text (child, rid, param, n, value)
  select child, rid, param, n, value from new_texts
  on conflict (child, rid, param, n) do update set value = excluded.value
), alone as materialized (
  -- The projector waits, or we wait for it: only one of us changes rows and counts.
  select pg_advisory_xact_lock(hashtext('bairn.worklist')) where cardinality($22::bigint[]) > 0
), unlisted as (
  -- A child who died leaves every list at once.
  delete from worklist_child w using alone where w.child = any($22::bigint[]) returning w.rank, w.coming_up, w.listed
), lines_gone as (
  delete from worklist_line l using alone where l.child = any($22::bigint[])
), recounted as (
  insert into worklist_count as c (rank, coming_up, children)
  select rank, coming_up, -count(*) from unlisted where listed group by rank, coming_up
  on conflict (rank, coming_up) do update set children = c.children + excluded.children
), fed as (
  insert into change (child, rid, version) select child, rid, was + 1 from made
)
select must_hold((select count(*) from changed) = (select count(*) from made)) as held
