select e.child, e.rid, e.version, e.updated, e.practitioner, e.device, e.body
from unnest($1::bigint[], $2::bigint[]) as wanted (child, rid)
join earlier_version e on e.child = wanted.child and e.rid = wanted.rid
order by e.child, e.rid, e.version
