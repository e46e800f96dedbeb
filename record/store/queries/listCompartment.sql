-- The current resources of a child, the Patient first (its number is the key). $2: hash of the compartment for resources that
-- belong to another child first. $3, $4: after this place; $5: at most.
select r.child, r.rid, r.type, r.id, r.version, r.updated, r.practitioner, r.device, r.body
from (
  select m.child, m.rid, m.place
  from (
    select child, rid, (rid <> child)::integer as place from resource where child = $1 and body is not null
    union all
    select child, rid, 2 from search_token where hash = $2
  ) m
  where (m.place, m.rid) > ($3::integer, $4::bigint)
  order by m.place, m.rid
  limit $5
) page
join resource r on r.child = page.child and r.rid = page.rid
order by page.place, r.rid
