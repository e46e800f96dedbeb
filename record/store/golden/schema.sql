-- Written from the catalogue after all migrations. Renew with: npm run golden

create sequence bairn.change_seq_seq start 1 increment 1;

create sequence bairn.conflict_number_seq start 1 increment 1;

create sequence bairn.resource_number start 1000 increment 1000;

create table bairn.change (
  child bigint not null,
  seq bigint not null generated always as identity,
  xact xid8 not null default pg_current_xact_id(),
  rid bigint not null,
  version integer not null,
  constraint change_pkey PRIMARY KEY (child, seq)
);

create table bairn.conflict (
  child bigint not null,
  number bigint not null generated always as identity,
  rid bigint not null,
  base integer not null,
  body text not null,
  at timestamp with time zone not null,
  practitioner text not null,
  device text not null,
  settled_at timestamp with time zone,
  settled_by text,
  constraint conflict_pkey PRIMARY KEY (child, number)
);

create table bairn.directory (
  id text collate "C" not null,
  type text collate "C" not null,
  child bigint not null,
  rid bigint not null,
  constraint directory_pkey PRIMARY KEY (id, type)
);

create table bairn.earlier_version (
  child bigint not null,
  rid bigint not null,
  version integer not null,
  updated timestamp with time zone not null,
  practitioner text not null,
  device text not null,
  body text,
  constraint earlier_version_pkey PRIMARY KEY (child, rid, version)
);

create table bairn.migration (
  number integer not null,
  name text not null,
  hash text not null,
  applied timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (number)
);

create table bairn.resource (
  child bigint not null,
  rid bigint not null,
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  updated timestamp with time zone not null,
  practitioner text not null,
  device text not null,
  body text,
  keys bigint[] not null,
  constraint resource_pkey PRIMARY KEY (child, rid)
);

create table bairn.search_date (
  child bigint not null,
  rid bigint not null,
  param bigint not null,
  n smallint not null,
  starts bigint not null,
  ends bigint not null,
  wall_starts bigint not null,
  wall_ends bigint not null,
  constraint search_date_pkey PRIMARY KEY (child, rid, param, n)
);

create table bairn.search_text (
  child bigint not null,
  rid bigint not null,
  param bigint not null,
  n smallint not null,
  value text collate "C" not null,
  constraint search_text_pkey PRIMARY KEY (child, rid, param, n)
);

create table bairn.search_token (
  hash bigint not null,
  child bigint not null,
  rid bigint not null,
  constraint search_token_pkey PRIMARY KEY (hash, child, rid)
);

create table bairn.setting (
  key text collate "C" not null,
  value jsonb not null,
  updated timestamp with time zone not null,
  practitioner text not null,
  device text not null,
  constraint setting_pkey PRIMARY KEY (key)
);

create table bairn.worklist_child (
  child bigint not null,
  listed boolean not null,
  rank smallint not null,
  coming_up boolean not null,
  due integer not null,
  name_key text collate "C" not null,
  birth_date text collate "C",
  planned_on integer not null,
  next_change integer,
  constraint worklist_child_pkey PRIMARY KEY (child)
);

create table bairn.worklist_count (
  rank smallint not null,
  coming_up boolean not null,
  children bigint not null,
  constraint worklist_count_pkey PRIMARY KEY (rank, coming_up)
);

create table bairn.worklist_line (
  child bigint not null,
  words text not null,
  line text not null,
  constraint worklist_line_pkey PRIMARY KEY (child)
);

create table bairn.worklist_need (
  child bigint not null,
  need text collate "C" not null,
  urgency text collate "C" not null,
  due integer not null,
  constraint worklist_need_pkey PRIMARY KEY (child, need)
);

create table bairn.worklist_state (
  one boolean not null default true,
  xact xid8 not null,
  seq bigint not null,
  stamp text not null,
  rebuilt_to bigint,
  constraint worklist_state_one_check CHECK (one),
  constraint worklist_state_pkey PRIMARY KEY (one)
);

create table bairn.worklist_word (
  child bigint not null,
  kind text collate "C" not null,
  word text collate "C" not null,
  constraint worklist_word_pkey PRIMARY KEY (child, word, kind)
);

CREATE INDEX change_order ON bairn.change USING btree (xact, seq);

CREATE INDEX search_date_wall ON bairn.search_date USING btree (param, wall_starts, child, rid);

CREATE INDEX search_text_start ON bairn.search_text USING btree (param, value, child, rid);

CREATE INDEX worklist_child_birth ON bairn.worklist_child USING btree (birth_date) WHERE listed;

CREATE INDEX worklist_child_coming_up ON bairn.worklist_child USING btree (rank, due, name_key, child) WHERE (listed AND coming_up);

CREATE INDEX worklist_child_next ON bairn.worklist_child USING btree (next_change) WHERE (next_change IS NOT NULL);

CREATE INDEX worklist_child_order ON bairn.worklist_child USING btree (rank, due, name_key, child) WHERE listed;

CREATE INDEX worklist_child_planned ON bairn.worklist_child USING btree (planned_on);

CREATE INDEX worklist_word_start ON bairn.worklist_word USING btree (word, child);

CREATE OR REPLACE FUNCTION bairn.must_hold(holds boolean)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  if not holds then
    raise exception 'changed meanwhile' using errcode = 'BA001';
  end if;
  return true;
end
$function$;

