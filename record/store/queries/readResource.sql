select r.child, r.rid, r.type, r.id, r.version, r.updated, r.practitioner, r.device, r.body
from directory d
join resource r on r.child = d.child and r.rid = d.rid
where d.id = $1 and d.type = $2
