update conflict set settled_at = $3, settled_by = $4 where child = $1 and number = $2 and settled_at is null
