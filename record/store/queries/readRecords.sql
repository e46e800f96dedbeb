-- Everything current of these children, each child's Patient first.
select child, rid, body from resource where child = any($1::bigint[]) and body is not null order by child, rid <> child, rid
