-- Every version of some resources, current and earlier, for comparing.
select r.child, r.rid, r.version, r.body
from unnest($1::bigint[], $2::bigint[]) as wanted (child, rid)
join resource r on r.child = wanted.child and r.rid = wanted.rid
union all
select e.child, e.rid, e.version, e.body
from unnest($1::bigint[], $2::bigint[]) as wanted (child, rid)
join earlier_version e on e.child = wanted.child and e.rid = wanted.rid
