select l.line
from (select child, rank, due, name_key from worklist_child where listed and rank = $3 order by rank, due, name_key, child limit $1 offset $2) p
join worklist_line l on l.child = p.child
order by p.rank, p.due, p.name_key, p.child
