-- The feed after a position, below the oldest transaction that still runs.
select c.xact, c.seq, c.child, c.rid, c.version, r.type, r.id, p.id as patient,
  (case when r.version = c.version then r.body is null else e.body is null end) as deleted
from change c
join resource r on r.child = c.child and r.rid = c.rid
left join earlier_version e on e.child = c.child and e.rid = c.rid and e.version = c.version
left join resource p on p.child = c.child and p.rid = c.child
where (c.xact, c.seq) > ($1::xid8, $2::bigint) and c.xact < pg_snapshot_xmin(pg_current_snapshot())
order by c.xact, c.seq
limit $3
