-- The types that have a resource with one of these ids: for references by a bare id.
select distinct type from directory where id = any($1)
