"""What leaves the room: the plan, the report, results for scripts, and blank ballots for the absent."""
