select c.child, c.number, r.type, r.id, c.base, r.version, c.body, c.at, c.practitioner, c.device
from conflict c
join resource r on r.child = c.child and r.rid = c.rid
where c.child = $1 and c.settled_at is null
order by c.number
