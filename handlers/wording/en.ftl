### Every sentence the assistant says, in English: key by key what vi.ftl says, and as short.

## A unit reports

done-recorded =
    Recorded: { $code }{ $role ->
        [cooperating] {" "}(your cooperation)
        [implementing] {" "}(your implementing part)
       *[lead] {""}
    } { $awaits ->
        [yes] reported, to be confirmed. It counts from
       *[no] done on
    } { $date }{ $standing ->
        [on-time] , on time (due { $due })
        [late] , { $days ->
            [0] past its hour
            [one] 1 day late
           *[other] { $days } days late
        } (due { $due })
       *[none] {""}
    }.{ $has ->
        [yes] {" "}Product: { $document } of { $dated }.
       *[no] {""}
    }{ $earlier ->
        [yes] {" "}{ $day } counts only with a document's number.
       *[no] {""}
    }{ $mended ->
        [yes] {" "}Mended in time: the day of the first report stands.
       *[no] {""}
    }
    { undo-hint }
undo-hint = A slip? Type "undo" within 10 minutes.
undo-hint-all = A slip? Type "undo" within 10 minutes; it takes the whole message back.
done-several = Recorded as done: { $codes }{ $many ->
        [yes] {" "}({ $count } items).
       *[no] .
    }
    { $count ->
        [1] { undo-hint }
       *[other] { undo-hint-all }
    }
done-none = No item recorded as done.
document-asked-short = { $codes }: send the document's number and date, e.g. 45 27/4
document-asked =
    Item { $code } has a product: { $product }.
    Send its number and date, e.g. 45 27/4
document-asked-guessed =
    Item { $code } went to the province, right?
    Send its number and date, e.g. 45 27/4
document-whose = Which item does { $document }{ $dated ->
        [yes] {" "}of { $date }
       *[no] {""}
    } close?
choice-part = { $code } { $title }
agree-nothing = Nothing waits for your answer. Nothing recorded.
instead-told = { $by } recorded for your unit: { $code } { $title } – { $state }. If that is wrong, tell the office.
choice-instead = Record for { $unit }: { $what }
choice-urge = Urge { $unit }
choice-none-done = None is done yet
choice-none-done-short = None of these
choice-none = None
button-undo = Undo
button-number-later = No number yet, will report later
button-not-this = Not item { $code }
present-recorded = Recorded: { $code } presented to the leadership on { $date }{ $late ->
        [yes] , after the deadline ({ $due })
       *[no] {""}
    }.
present-then = The unit is no longer reminded; the number is awaited.
reported-recorded = Recorded: { $code } reported done, number awaited. Not yet counted as done.
progress-recorded = Recorded for { $code }: "{ $words }". Not counted as done.{ $dated ->
        [yes] {" "}Due { $due }.
       *[no] {""}
    }
progress-percent = Recorded: { $code } at { $percent }%. Not counted as done.{ $dated ->
        [yes] {" "}Due { $due }.
       *[no] {""}
    }
blocked-recorded = Recorded: { $code } blocked{ $quoted ->
        [yes] {" "}"{ $words }"
       *[no] {""}
    }{ $dated ->
        [yes] , the unit expects it { $expected }
       *[no] {""}
    }.{ $has ->
        [yes] {" "}Still due { $due }.
       *[no] {""}
    }
blocked-why = What holds it up, and until when? E.g. waiting for data, 10/7
acknowledge-recorded =
    { $unit } acknowledged at { $time }, { $date }.
    No item is recorded as done.
acknowledge-heard = Thank you, received. No item is recorded as done.
undo-done = Undone.
undo-part = { $code } is back to: { $state }.
undo-parts = { $codes } back to: { $state } ({ $count } items).
undo-done-many = The whole message is undone, { $count } items.
undo-extend = The request for more time for { $code } is withdrawn.
undo-propose = The proposal about { $code } is withdrawn.
undo-opinion = The opinion on { $code } is withdrawn.
undo-request = The request to the cooperating units on { $code } is withdrawn.
undo-told =
    { $has ->
        [yes] Correction: { $by } has taken back what you were just told of { $codes }.
       *[no] Correction: { $by } has taken back what you were just told.
    }
    The message before no longer holds.

## States

state-assigned = Assigned
state-acknowledged = Acknowledged
state-in_progress = In progress
state-blocked = Blocked
state-presented = Presented, awaiting signature
state-reported = Reported, number awaited
state-submitted = Awaiting confirmation
state-done = Done
state-returned = More is asked for
state-paused = Paused
state-dropped = No longer followed

standing-assigned = { $unit }: assigned, no word yet.{ $late ->
        [0] {""}
        [one] {" "}1 day overdue.
       *[other] {" "}{ $late } days overdue.
    }
standing-acknowledged = { $unit }: acknowledged, no word yet.{ $late ->
        [0] {""}
        [one] {" "}1 day overdue.
       *[other] {" "}{ $late } days overdue.
    }
standing-in_progress = { $unit }: in progress{ $percent ->
        [-1] {""}
       *[other] , { $percent }%
    }{ $quoted ->
        [yes] , "{ $words }"
       *[no] {""}
    }.{ $late ->
        [0] {""}
        [one] {" "}1 day overdue.
       *[other] {" "}{ $late } days overdue.
    }
standing-blocked = { $unit }: blocked{ $quoted ->
        [yes] {" "}"{ $words }"
       *[no] {""}
    }{ $dated ->
        [yes] , expected { $expected }
       *[no] {""}
    }.{ $late ->
        [0] {""}
        [one] {" "}1 day overdue.
       *[other] {" "}{ $late } days overdue.
    }
standing-presented = { $unit }: presented on { $presented }, awaiting signature.
standing-reported = { $unit }: reported done, number awaited.{ $late ->
        [0] {""}
        [one] {" "}1 day overdue.
       *[other] {" "}{ $late } days overdue.
    }
standing-submitted = { $unit }: reported done on { $done }, awaiting confirmation.
standing-done = { $unit }: done on { $done }, { $late ->
        [0] on time
        [one] 1 day late
       *[other] { $late } days late
    }{ $has ->
        [yes] {" "}({ $document })
       *[no] {""}
    }.
standing-returned = { $unit }: more is asked for{ $lacks ->
        [yes] {" "}"{ $missing }", before { $mend }
       *[no] {""}
    }.
standing-paused = { $unit }: paused.
standing-dropped = { $unit }: no longer followed.

## Lists of work

tasks-title = { $unit } – open items: { $count }
tasks-none = { $unit } has no open items.
tasks-none-soon = Nothing is overdue or due within 3 days. { $count } open; to see them all, type: tasks
tasks-not-yours = No item is yours to report on. For the whole picture type: summary
tasks-line = { $code } { $title } – { $dated ->
        [yes] { $due }
       *[no] no deadline
    }{ $late ->
        [0] {""}
        [one] , 1 day overdue
       *[other] , { $late } days overdue
    }{ $shown ->
        [yes] . { $state }
       *[no] {""}
    }
tasks-cooperating = Cooperating: { $codes }
tasks-standing = Standing duties: { $codes }
tasks-basis = {"*"} date by { $basis }
page = Page { $number }/{ $count }
page-more = Page { $number }/{ $count }. More: { $typed } page { $next }
button-next-page = Next page
typed-help = help
typed-tasks = tasks
typed-overdue = overdue
typed-due = due
task-lead = Lead: { $units }
task-implementing = Implementing: { $units }
task-cooperating = Cooperating: { $units }
task-standing = A standing duty.
task-due = { $dated ->
        [yes] Due: { $due }
       *[no] No deadline
    }
task-product = Product: { $product }

## The leadership asks

weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
overdue-title = Overdue at { $time } { $weekday } { $date }
overdue-none = No item is overdue.
overdue-count = { $count ->
        [one] 1 item overdue.
       *[other] { $count } items overdue.
    }
sums-total = { $total ->
        [one] 1 item in all.
       *[other] { $total } items in all.
    }
sums-done = Done { $done }/{ $total } (on time { $on_time }, late { $late })
sums-open = Open { $open }: in time { $in_time }, overdue { $overdue }
sums-apart = Of these: { $list }
sums-no-deadline = { $count } without a deadline
sums-presented = { $count } awaiting signature
sums-reported = { $count } awaiting a number
sums-submitted = { $count } awaiting confirmation
waiting-title = Awaiting the leadership's signature:
waiting-line = { $code } { $title } – presented by { $unit } { $date }
late-group = { $days ->
        [one] 1 day overdue
       *[other] { $days } days overdue
    } ({ $working ->
        [one] 1 working day
       *[other] { $working } working days
    }), due by the end of { $due }:
late-line = { $code } { $title } – { $unit }: { $quoted ->
        [yes] "{ $words }"
        [state] { $state }
       *[no] no reason given yet
    }{ $dated ->
        [yes] , expected { $expected }
       *[no] {""}
    }
due-title = Due within { $days ->
        [one] 1 day
       *[other] { $days } days
    } (by { $date })
due-none = No item falls due.
due-line = { $code } { $title } – { $unit }, { $due }. { $state }
summary-title = { $name } at { $time } { $weekday } { $date }
summary-more = { $count } more are overdue, see: overdue
summary-all = All notices
agency-heading = { $agency }:
task-below = { $agency }: { $code } – notice { $number }
summary-unit = { $unit }: { $total ->
        [one] 1 item
       *[other] { $total } items
    }, done { $done }, in time { $open }, overdue { $overdue }
summary-no-unit = Standing duties

## The morning message

digest-title = { $unit } – { $weekday } { $date }
digest-overdue = Past the deadline, not recorded as done:
digest-today = Due today:
digest-soon = Due soon:
digest-line = { $code } { $title } – { $due }{ $shown ->
        [yes] . { $state }
       *[no] {""}
    }
digest-line-late = { $code } { $title } – { $due }, { $days ->
        [one] 1 day over
       *[other] { $days } days over
    }{ $shown ->
        [yes] . { $state }
       *[no] {""}
    }
digest-last-day = , today is the last working day
digest-more = And { $count } more, see: tasks
digest-how-one = When it is done, type: done { $code }
digest-how = When an item is done, type "done" and its code, e.g. done { $code }
digest-how-late =
    How does it stand? Type one of these:
    done { $code }{ $document }
    present { $code }
    blocked { $code } waiting for data, 10/7
    extend { $code } 10/7
digest-paper = If the document was signed in time, its date is what counts.
button-done = { $code } done
button-present = { $code } presented for signature
button-blocked = { $code } blocked

## Strangers, linking

stranger = This account is not linked yet. Please ask the agency's Office for a code and send it here.
stranger-is-it-you = Are you { $title }, { $agency }?
button-yes = Yes
button-no = No
stranger-not-you = The code is set aside, nothing is linked. Please ask the agency's Office for another.
stranger-linked =
    Linked: { $title }. I only follow up the items of notices, with at most one reminder each working day.
    Please send no classified papers and no unsigned drafts here.
    Try: tasks
linked-elsewhere = Another account was just linked to you ({ $title }). If it is not yours, please tell the Office at once.
linked-already = This account is linked already: { $title }. Try: tasks
invite-made =
    # Invite code: { $title }
    { $code }
    For one use, within { $days } days. Please pass it on privately; that person sends it to me in a chat.
invite-link = Or open: { $link }
invite-who = Invite whom? E.g. invite QLTM
choice-person = { $title } ({ $unit })

## Files, pictures, voice messages

media-voice = I cannot listen to voice messages yet; nothing recorded. Please type, e.g. done 3.5. If urgent, call the Office.
media-voice-which =
    The assistant cannot hear voice messages and recorded nothing. Which directive is it about?
    Or write "blocked", "extend", "done" with its code, for example: done { $code }. If it is urgent, call the office.
media-voice-about =
    The assistant cannot hear voice messages and recorded nothing. What about { $code }?
    Or write it with the code. If it is urgent, call the office.
media-other = I cannot read this yet; nothing recorded. Please type, e.g. done 3.5
media-photo = I cannot read pictures yet; nothing recorded. Please type the number and date, e.g. 45 27/4
media-file-unit = Nothing recorded from this file. Please type the item, number and date, e.g. done 3.5 45 27/4
pleasantry = { $kind ->
        [thanks] You are welcome. When you need me, type: tasks, help
       *[hello] Good day. To see your tasks, type: tasks. What I can do: help
    }
