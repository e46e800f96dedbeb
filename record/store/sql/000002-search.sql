-- What current resources are found by. Deleted ones have no rows here.

-- A hash of "type, parameter, value" for tokens and references; see hashing.ts.
create table search_token (
  hash bigint not null,
  child bigint not null,
  rid bigint not null,
  primary key (hash, child, rid)
);

-- Dates as half-open ranges in milliseconds: instants, and what the calendar on the wall showed. `param` is a hash of "type, parameter".
create table search_date (
  child bigint not null,
  rid bigint not null,
  param bigint not null,
  n smallint not null,
  starts bigint not null,
  ends bigint not null,
  wall_starts bigint not null,
  wall_ends bigint not null,
  primary key (child, rid, param, n)
);
create index search_date_wall on search_date (param, wall_starts, child, rid);

-- Folded texts, found by their beginning.
create table search_text (
  child bigint not null,
  rid bigint not null,
  param bigint not null,
  n smallint not null,
  value text collate "C" not null,
  primary key (child, rid, param, n)
);
create index search_text_start on search_text (param, value, child, rid);
