-- Children with words that begin alike, or born the same day; those with most in common first.
-- $1, $2: kinds and beginnings; $3: birth date or null.
with found as (
  select w.child, count(distinct q.word) as common
  from unnest($1::text[], $2::text[]) as q (kind, word)
  join worklist_word w on w.word >= q.word and w.word < q.word || U&'\+10FFFF' collate "C" and w.kind = q.kind
  group by w.child
  union all
  select child, 1 from worklist_child where birth_date = $3 and listed
)
select l.line, array(select w.kind || ' ' || w.word from worklist_word w where w.child = l.child) as words
from (select child, sum(common) as common from found group by child order by sum(common) desc, child limit 200) f
join worklist_line l on l.child = f.child
