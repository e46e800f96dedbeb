-- Of every filter at once, from the index alone.
select rank, count(*) as children, count(*) filter (where coming_up) as coming_up from worklist_child where listed group by rank
