-- Settings and kept conflicts: few.
select json_build_object('setting', key, 'value', value, 'at', to_char(updated at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'practitioner', practitioner, 'device', device)::text as line
from setting
union all
select json_build_object('conflict', r.type || '/' || r.id, 'base', c.base, 'at', to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'practitioner', c.practitioner, 'device', c.device, 'text', c.body)::text
from conflict c join resource r on r.child = c.child and r.rid = c.rid
where c.settled_at is null
order by line
