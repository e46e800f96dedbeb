update worklist_state set xact = $1, seq = $2, stamp = $3, rebuilt_to = $4
