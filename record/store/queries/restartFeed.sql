-- A database that was copied into another cluster brings transaction numbers of the old one along. Those that the new one has
-- not reached would stay unread: they are all committed, so they go to the front.
with strange as (select 1 from change where xact >= pg_snapshot_xmax(pg_current_snapshot()) limit 1),
moved as (update change set xact = '3' where exists (select from strange))
update worklist_state set xact = '0', seq = 0, stamp = '' where exists (select from strange)
