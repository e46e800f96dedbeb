-- $1: hash of the type Patient, whose child is its own number.
select child from search_token where hash = $1 and child > $2 order by child limit $3
