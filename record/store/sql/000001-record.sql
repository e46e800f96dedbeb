-- The record: what happened, in versions that are never changed.
-- `child` is the child's key: the number of its Patient; 0 for what belongs to no child. It never changes, stands on every
-- row, and is named by every hot statement, so that tables can be hash-partitioned or distributed by it.

-- Handed out in blocks of a thousand: one nextval a thousand resources.
create sequence resource_number increment 1000 start 1000;

-- Where a resource is: serves reads by id. A row never changes and never goes.
create table directory (
  id text collate "C" not null,
  type text collate "C" not null,
  child bigint not null,
  rid bigint not null,
  primary key (id, type)
);

-- The current version. `body` is the stored JSON text, sent as it is; null: deleted.
-- `keys`: its own rows in search_token, so that a change touches only the difference.
create table resource (
  child bigint not null,
  rid bigint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  updated timestamptz not null,
  practitioner text not null,
  device text not null,
  body text,
  keys bigint[] not null,
  primary key (child, rid)
);

-- Versions before the current one. Rows are only added.
create table earlier_version (
  child bigint not null,
  rid bigint not null,
  version integer not null,
  updated timestamptz not null,
  practitioner text not null,
  device text not null,
  body text,
  primary key (child, rid, version)
);

-- The change feed: one row a version. Read in the order (xact, seq) and only below the oldest running transaction, nothing
-- can appear later before a position already read.
create table change (
  child bigint not null,
  seq bigint generated always as identity,
  xact xid8 not null default pg_current_xact_id(),
  rid bigint not null,
  version integer not null,
  primary key (child, seq)
);
create index change_order on change (xact, seq);

-- What a stale change sent, kept until somebody has compared.
create table conflict (
  child bigint not null,
  number bigint generated always as identity,
  rid bigint not null,
  base integer not null,
  body text not null,
  at timestamptz not null,
  practitioner text not null,
  device text not null,
  settled_at timestamptz,
  settled_by text,
  primary key (child, number)
);

create table setting (
  key text collate "C" primary key,
  value jsonb not null,
  updated timestamptz not null,
  practitioner text not null,
  device text not null
);

-- Ends a statement, and with it the whole write, when a row was not in the version it was read in.
create function must_hold(holds boolean) returns boolean language plpgsql as $$
begin
  if not holds then
    raise exception 'changed meanwhile' using errcode = 'BA001';
  end if;
  return true;
end
$$;
