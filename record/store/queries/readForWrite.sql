-- What a change starts from. Not locked: changeResources insists on the version read here.
select d.type, d.id, d.child, d.rid, r.version, r.updated, r.practitioner, r.device, r.body, r.keys
from unnest($1::text[], $2::text[]) as wanted (type, id)
join directory d on d.id = wanted.id and d.type = wanted.type
join resource r on r.child = d.child and r.rid = d.rid
