-- The child's own resources as they were after the change $2, the Patient first.
with state as (
  select rid, max(version) as version from change where child = $1 and seq <= $2 group by rid
), found as (
  select r.child, r.rid, r.type, r.id, r.version, r.updated, r.practitioner, r.device, r.body
  from state t join resource r on r.child = $1 and r.rid = t.rid and r.version = t.version
  union all
  select r.child, r.rid, r.type, r.id, e.version, e.updated, e.practitioner, e.device, e.body
  from state t
  join resource r on r.child = $1 and r.rid = t.rid
  join earlier_version e on e.child = $1 and e.rid = t.rid and e.version = t.version
)
select child, rid, type, id, version, updated, practitioner, device, body
from found
where body is not null
order by rid <> child, rid
