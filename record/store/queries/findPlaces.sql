-- Where resources are. Places never change: what this finds may be kept.
select d.type, d.id, d.child, d.rid
from unnest($1::text[], $2::text[]) as wanted (type, id)
join directory d on d.id = wanted.id and d.type = wanted.type
