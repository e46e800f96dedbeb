-- Rows of a set of children, with their needs and words: what is gone goes, what is there stays.
-- $1-$11 children (child, id, listed, rank, coming_up, due, name_key, birth_date, line, planned_on, next_change);
-- $12-$15 needs (child, need, urgency, due); $16-$18 words (child, kind, word); $19: children without a Patient.
with made as (
  select child, id, listed, rank, coming_up, due, name_key, birth_date, line, planned_on, next_change
  from unnest($1::bigint[], $2::text[], $3::boolean[], $4::smallint[], $5::boolean[], $6::integer[], $7::text[], $8::text[], $9::text[], $10::integer[], $11::integer[])
    as made (child, id, listed, rank, coming_up, due, name_key, birth_date, line, planned_on, next_change)
), needs as (
  select child, need, urgency, due from unnest($12::bigint[], $13::text[], $14::text[], $15::integer[]) as made (child, need, urgency, due)
), words as (
  select child, kind, word from unnest($16::bigint[], $17::text[], $18::text[]) as made (child, kind, word)
), every as (
  select child from made union all select unnest($19::bigint[])
), children_gone as (
  delete from worklist_child where child = any($19::bigint[])
), children as (
  insert into worklist_child as w (child, id, listed, rank, coming_up, due, name_key, birth_date, line, planned_on, next_change)
  select child, id, listed, rank, coming_up, due, name_key, birth_date, line, planned_on, next_change from made
  on conflict (child) do update set
    id = excluded.id, listed = excluded.listed, rank = excluded.rank, coming_up = excluded.coming_up, due = excluded.due, name_key = excluded.name_key,
    birth_date = excluded.birth_date, line = excluded.line, planned_on = excluded.planned_on, next_change = excluded.next_change
), needs_gone as (
  delete from worklist_need n using every e
  where n.child = e.child and not exists (select from needs m where m.child = n.child and m.need = n.need)
), needs_made as (
  insert into worklist_need (child, need, urgency, due) select child, need, urgency, due from needs
  on conflict (child, need) do update set urgency = excluded.urgency, due = excluded.due
), words_gone as (
  delete from worklist_word w using every e
  where w.child = e.child and not exists (select from words m where m.child = w.child and m.kind = w.kind and m.word = w.word)
)
insert into worklist_word (child, kind, word) select child, kind, word from words
on conflict (child, kind, word) do nothing
