-- What is to be made again: is there anything, and until where in the feed a caller who asks now must wait.
select
  s.stamp = $1 and s.rebuilt_to is null
    and not exists (select from change c where (c.xact, c.seq) > (s.xact, s.seq))
    and not exists (select from worklist_child w where w.next_change <= $2)
    and not exists (select from worklist_child w where w.planned_on > $2) as settled,
  (select c.xact from change c order by c.xact desc, c.seq desc limit 1) as xact,
  (select c.seq from change c order by c.xact desc, c.seq desc limit 1) as seq
from worklist_state s
