-- What is set here stays.
insert into setting (key, value, updated, practitioner, device) values ($1, $2::jsonb, $3, $4, $5) on conflict (key) do nothing
