select child, number from conflict where child = $1 and rid = $2 and base = $3 and body = $4 limit 1
