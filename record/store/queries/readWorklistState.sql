select xact, seq, stamp, rebuilt_to from worklist_state
