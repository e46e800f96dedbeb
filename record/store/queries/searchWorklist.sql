-- $1: beginnings of words, all of which must be found; $2: rank or null; $3: only coming up; $4, $5: page.
with found as (
  select w.child
  from unnest($1::text[]) with ordinality as q (word, n)
  join worklist_word w on w.word >= q.word and w.word < q.word || U&'\+10FFFF' collate "C"
  group by w.child
  having count(distinct q.n) = cardinality($1::text[])
), matched as materialized (
  select c.child, c.rank, c.coming_up, c.due, c.name_key
  from found f join worklist_child c on c.child = f.child
  where c.listed
), page as (
  select child, rank, due, name_key from matched
  where ($2::smallint is null or rank = $2) and (coming_up or not $3::boolean)
  order by rank, due, name_key, child limit $4 offset $5
)
select
  array(select w.line from page p join worklist_child w on w.child = p.child order by p.rank, p.due, p.name_key, p.child) as lines,
  (select json_agg(json_build_object('rank', c.rank, 'children', c.children, 'coming_up', c.coming_up))
    from (select rank, count(*) as children, count(*) filter (where coming_up) as coming_up from matched group by rank) c) as counts
