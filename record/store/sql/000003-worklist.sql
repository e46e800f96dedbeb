-- The worklist: a projection of the record, made by the server's engines. Lists and filters read it and never compute.

-- One row a child. `listed` is false for the dead, the withdrawn and the grown-up.
-- Narrow, so that the rows of a search stay in memory; what is shown stands in worklist_line.
create table worklist_child (
  child bigint primary key,
  listed boolean not null,
  rank smallint not null,
  coming_up boolean not null,
  due integer not null,
  name_key text collate "C" not null,
  birth_date text collate "C",
  planned_on integer not null,
  next_change integer
);
create index worklist_child_order on worklist_child (rank, due, name_key, child) where listed;
create index worklist_child_coming_up on worklist_child (rank, due, name_key, child) where listed and coming_up;
create index worklist_child_next on worklist_child (next_change) where next_change is not null;
create index worklist_child_planned on worklist_child (planned_on);
create index worklist_child_birth on worklist_child (birth_date) where listed;

-- The row as the page gets it, of those listed. `words`: those of worklist_word, each after a space.
create table worklist_line (
  child bigint primary key,
  words text not null,
  line text not null
);

-- How many children each filter has, kept with every change of the rows above: counting 64,000 took 17 to 100 ms.
create table worklist_count (
  rank smallint not null,
  coming_up boolean not null,
  children bigint not null,
  primary key (rank, coming_up)
);

-- One row a child and need.
create table worklist_need (
  child bigint not null,
  need text collate "C" not null,
  urgency text collate "C" not null,
  due integer not null,
  primary key (child, need)
);

-- Words of names, phones, card numbers, village: found by their beginning.
create table worklist_word (
  child bigint not null,
  kind text collate "C" not null,
  word text collate "C" not null,
  primary key (child, word, kind)
);
create index worklist_word_start on worklist_word (word, child);

-- How far the projection is: the position in the change feed, what made it, and where a rebuild stands (null: done).
create table worklist_state (
  one boolean primary key default true check (one),
  xact xid8 not null,
  seq bigint not null,
  stamp text not null,
  rebuilt_to bigint
);
insert into worklist_state (xact, seq, stamp) values ('0', 0, '');
