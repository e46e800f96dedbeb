-- Once: a client that tries again sends the same.
insert into conflict (child, rid, base, body, at, practitioner, device)
select $1, $2, $3, $4, $5, $6, $7
where not exists (select from conflict where child = $1 and rid = $2 and base = $3 and body = $4)
returning child, number
