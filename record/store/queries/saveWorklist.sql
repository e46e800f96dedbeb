-- Rows of a set of children, with their needs and words: what is gone goes, what is there stays.
-- $1-$9 children (child, listed, rank, coming_up, due, name_key, birth_date, planned_on, next_change); $10-$12 lines of those
-- listed (child, words, line); $13-$16 needs (child, need, urgency, due); $17-$19 words (child, kind, word); $20: children without a Patient.
-- Only within the lock of lockWorklist: the counts change by the difference.
with made as (
  select child, listed, rank, coming_up, due, name_key, birth_date, planned_on, next_change
  from unnest($1::bigint[], $2::boolean[], $3::smallint[], $4::boolean[], $5::integer[], $6::text[], $7::text[], $8::integer[], $9::integer[])
    as made (child, listed, rank, coming_up, due, name_key, birth_date, planned_on, next_change)
), lines as (
  select child, words, line from unnest($10::bigint[], $11::text[], $12::text[]) as made (child, words, line)
), needs as (
  select child, need, urgency, due from unnest($13::bigint[], $14::text[], $15::text[], $16::integer[]) as made (child, need, urgency, due)
), words as (
  select child, kind, word from unnest($17::bigint[], $18::text[], $19::text[]) as made (child, kind, word)
), every as (
  select child from made union all select unnest($20::bigint[])
), counts as (
  select rank, coming_up, sum(n) as n
  from (
    select w.rank, w.coming_up, -1 as n from every e join worklist_child w on w.child = e.child where w.listed
    union all
    select rank, coming_up, 1 from made where listed
  ) moved
  group by rank, coming_up
  having sum(n) <> 0
), recounted as (
  insert into worklist_count as c (rank, coming_up, children) select rank, coming_up, n from counts
  on conflict (rank, coming_up) do update set children = c.children + excluded.children
), children_gone as (
  delete from worklist_child where child = any($20::bigint[])
), children as (
  insert into worklist_child (child, listed, rank, coming_up, due, name_key, birth_date, planned_on, next_change)
  select child, listed, rank, coming_up, due, name_key, birth_date, planned_on, next_change from made
  on conflict (child) do update set
    listed = excluded.listed, rank = excluded.rank, coming_up = excluded.coming_up, due = excluded.due, name_key = excluded.name_key,
    birth_date = excluded.birth_date, planned_on = excluded.planned_on, next_change = excluded.next_change
), lines_gone as (
  delete from worklist_line l using every e
  where l.child = e.child and not exists (select from lines m where m.child = l.child)
), lines_made as (
  insert into worklist_line as l (child, words, line) select child, words, line from lines
  on conflict (child) do update set words = excluded.words, line = excluded.line
  where l.line <> excluded.line or l.words <> excluded.words
), needs_gone as (
  delete from worklist_need n using every e
  where n.child = e.child and not exists (select from needs m where m.child = n.child and m.need = n.need)
), needs_made as (
  insert into worklist_need as n (child, need, urgency, due) select child, need, urgency, due from needs
  on conflict (child, need) do update set urgency = excluded.urgency, due = excluded.due
  where n.urgency <> excluded.urgency or n.due <> excluded.due
), words_gone as (
  delete from worklist_word w using every e
  where w.child = e.child and not exists (select from words m where m.child = w.child and m.kind = w.kind and m.word = w.word)
)
insert into worklist_word (child, kind, word) select child, kind, word from words
on conflict (child, word, kind) do nothing
