-- How many children, counted up to a thousand.
select count(*) as behind from (
  select c.child from worklist_state s, change c where (c.xact, c.seq) > (s.xact, s.seq) and c.child <> 0
  union
  select child from worklist_child where next_change <= $1 or planned_on > $1
  union
  select t.child from worklist_state s, search_token t where t.hash = $2 and (s.stamp <> $3 or t.child > s.rebuilt_to)
  limit 1000
) stale
