"""What people bring: CSV, workbooks, exports of forms, rosters and dates as typed, into values of the domain."""
