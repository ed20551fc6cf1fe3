"""What people bring: ballots, rosters and dates as typed, read into values of the domain."""
