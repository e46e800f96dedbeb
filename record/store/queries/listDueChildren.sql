-- Whose row may read otherwise on this day; also when the computer's clock went back.
(select child from worklist_child where next_change <= $1 limit $2)
union
(select child from worklist_child where planned_on > $1 limit $2)
