# The rota in the desk: who answers at which hours.
standby-title = Standby
standby-before = Week before
standby-this = This week
standby-after = Week after
standby-nobody = There is no contact yet who could answer. Add one first.
standby-hint = Hours as 9-18, several with a comma, into the next morning as 18-8. An empty cell: nobody.
# $from (String) - its first day
# $until (String) - its last day
standby-week = From { $from } to { $until }
standby-who = Who
standby-save = Save the week
standby-copy = Fill it like the week before
standby-repeat-title = Repeat this week
standby-repeat-what = The weeks that follow are planned like this one, as it was last saved. What stood in them goes.
standby-weeks = How many weeks
standby-repeat = Repeat the week
standby-paste-title = Paste a table
standby-lines = One line a shift
standby-lines-hint = date; from; until; contact; public note – as a spreadsheet copies it. The contact by name, number or address. The days that are named are planned anew.
standby-paste = Plan these shifts
# $name (String) - who
# $day (String) - on which day
standby-wrong-overlap = { $name } would answer twice at once on { $day }.
# $typed (String) - what stands in the cell
standby-wrong-hours = “{ $typed }” is no hours. Write 9-18, or 18-8 into the next morning.
# $typed (String) - what stands in the cell
standby-wrong-cell = In “{ $typed }” hours overlap.
# $number (Number) - of the line
standby-line-parts = Line { $number }: a date, from, until and a contact are needed.
# $number (Number) - of the line
standby-line-day = Line { $number }: this is no date.
# $number (Number) - of the line
standby-line-hours = Line { $number }: these are no hours.
# $number (Number) - of the line
standby-line-contact = Line { $number }: no contact here has this name, number or address.
# $number (Number) - of the line
standby-line-overlap = Line { $number }: these hours overlap with those of another line.
# $most (Number) - lines
standby-line-many = Too many lines: { $most } at once at most.
