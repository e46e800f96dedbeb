with place as (select child, rid, type, id from directory where id = $1 and type = $2)
select p.child, p.rid, p.type, p.id, r.version, r.updated, r.practitioner, r.device, r.body
from place p join resource r on r.child = p.child and r.rid = p.rid
where r.version = $3
union all
select p.child, p.rid, p.type, p.id, e.version, e.updated, e.practitioner, e.device, e.body
from place p join earlier_version e on e.child = p.child and e.rid = p.rid
where e.version = $3
