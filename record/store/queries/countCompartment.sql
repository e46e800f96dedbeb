-- How many, and the newest change: the state of the child's record.
select
  (select count(*) from resource where child = $1 and body is not null) + (select count(*) from search_token where hash = $2) as total,
  coalesce((select max(seq) from change where child = $1), 0) as record
