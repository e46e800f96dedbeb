-- One projector at a time, also with several servers on one database; the second sees what the first has done.
select pg_advisory_xact_lock(hashtext('bairn.worklist'))
