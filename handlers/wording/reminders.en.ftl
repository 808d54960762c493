## The morning's message: summary, review before the meeting

morning-missed = This also covers the reminders of { $days } that could not be sent.
morning-own = Of { $unit }:
summary-name = Summary
summary-opening = { $leads ->
        [yes] For your information
       *[no] For the office
    }, { $scope ->
        [some] { $units }
       *[all] the whole agency
    }: { $late ->
        [0] nothing overdue to report.
       *[other] { $late } overdue to report.
    }
summary-more-late = And { $count } more overdue, see: overdue
summary-others-late = { $count } others are overdue, see: overdue
summary-beside = Units that carry out for another:
waiting-yours = Waiting for your signature:
morning-undecided-more = And { $count } more, see: waiting
button-undecided = See and answer
button-look = See { $code }
button-extend = { $code } more time
digest-present = To be presented soon:
digest-present-by = , to present by { $date }
digest-forewarned = On the next working morning { $codes } will be in the summary to { $to ->
        [deputy] the deputy director in charge
        [leader] the Director
       *[office] the office chief
    }, with your words.
review-title = For the meeting of { $date }
review-ask = Please say how each stands before 16:00, { $weekday } { $date }, one line each:
review-line = { $code } { $title } { $kind ->
        [standing] (standing)
        [undated] (no deadline)
       *[dated] ({ $due })
    }
review-example = For example: { $code } on schedule
review-table = What the units say for today's meeting:
review-table-line = { $code } { $title }{ $dated ->
        [yes] {" "}({ $due }{ $late ->
            [0] {""}
           *[other] , { $late } days late
        })
       *[no] {""}
    }: { $quoted ->
        [yes] { $state }, "{ $words }"
       *[no] { $state }
    }
hourly-title = { $code } { $urgent ->
        [yes] most urgent, due today
       *[no] due today
    }
hourly-line = { $title }, { $timed ->
        [yes] due at { $time }.
       *[no] due today.
    }

label-ladder = Reminder days
help-ladder = days of reminding before a deadline, most urgent: ladder 3.5 urgent or ladder 3.5 before 10, 5, 2
ladder-all = of everything
ladder-days = Heads are reminded { $days } working days before the deadline, on it and after it. Deputies hear on working day { $deputies } of a delay, the director on { $leader }.{ $urgent ->
        [yes] {" "}Most urgent: once more on the last day, at hours of rest too.
       *[no] {""}
    }
ladder-shown = Reminder days { $scope }: { $words }
    To change them type, for example:
    ladder { $code }before 10, 5, 2
    ladder { $code }deputy 2, 5, 10
    ladder { $code }director 5, 10, 15
    ladder { $code }urgent
    ladder { $code }usual
ladder-set = Reminder days { $scope } are set. { $words }
ladder-how = Nothing was changed: days go from 0 to 60. For example: ladder { $code }before 10, 5, 2
ladder-how-above = Nothing was changed: those above hear from the 2nd to the 15th working day of a delay. For example:
    ladder { $code }deputy 2, 5, 10
    ladder { $code }director 5, 10, 15

label-snooze = Remind later
help-snooze = move a reminder, not the deadline: snooze 3.6 15/5, snooze tomorrow
button-snooze = { $code } remind tomorrow
button-snooze-all = Remind tomorrow
snooze-day = { $weekday } { $date }
snooze-recorded = { $codes }: I remind you again on the morning of { $weekday } { $date }. The deadline stays.
snooze-before = { $code } is still told on { $date }: the last day, the first day late and days it is reported above do not move.
snooze-unasked = { $code }: I am not reminding you of it now, there is nothing to move.
snooze-nothing = I remind you of nothing this morning. To move one, type its code, e.g. snooze 3.6 15/5
snooze-when = Until which day? Type for example: snooze 3.6 15/5
snooze-far = Nothing moved: I remind once a working morning, please choose from tomorrow to { $days } days ahead.
snooze-all = All of them
error-which-task-snooze = Remind you later of which item? Answer with its number:
digest-later = To be reminded later type, e.g.: snooze { $code } tomorrow
tick-line = { $settled ->
        [yes] ✓
       *[no] →
    } { $code } { $title } – { $state }
