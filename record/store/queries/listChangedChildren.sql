-- The next part of the feed, below the oldest transaction that still runs.
select c.xact, c.seq, c.child
from change c
where (c.xact, c.seq) > ($1::xid8, $2::bigint) and c.xact < pg_snapshot_xmin(pg_current_snapshot())
order by c.xact, c.seq
limit $3
