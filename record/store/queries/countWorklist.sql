-- Of every filter at once.
select rank, sum(children)::bigint as children, coalesce(sum(children) filter (where coming_up), 0)::bigint as coming_up from worklist_count group by rank
