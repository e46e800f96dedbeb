-- Resources after a place, each child's Patient first. $1-$3: child, whether it is not the Patient, number.
select r.child, r.rid, p.id as patient, r.type, r.id, r.version, r.updated, r.practitioner, r.device, r.body
from resource r
left join resource p on p.child = r.child and p.rid = r.child
where r.child >= $1 and (r.child, (r.rid <> r.child)::integer, r.rid) > ($1::bigint, $2::integer, $3::bigint)
order by r.child, (r.rid <> r.child)::integer, r.rid
limit $4
