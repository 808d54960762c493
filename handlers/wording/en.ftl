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

## Settings, help

settings-text =
    # Settings
    Language: English
language-set = From now on I write in English.
button-language-vi = Tiếng Việt
button-language-en = English
settings-channels = Messages come by: { $channel }{ $has ->
        [yes] {" "}(you also have { $others })
       *[no] {""}
    }
settings-hour = Morning message: { $time }{ $moves ->
        [yes] , from tomorrow { $then }
       *[no] {""}
    }
settings-hour-choice = Mornings at { $time }
hour-set = From { $date } on your morning message comes at { $time } on working days.
hour-how = Nothing changed: the morning message comes from { $first } to { $last }, on the hour or the half. For example: hour 8:30
channel-set = From now on reminders and notices reach you by { $channel }. Answers come where you ask.
channel-which = You have linked: { $channels }. Which one should messages come by?
channel-only = You have linked { $channel } only. To add another, ask the Office for one more code and send it there.
channel-telegram = Telegram
channel-zalo_bot = Zalo
channel-zalo_oa = Zalo OA
channel-webchat = Demo page
channel-plain = Plain text
button-channel-telegram = Messages by Telegram
button-channel-zalo_bot = Messages by Zalo
button-channel-zalo_oa = Messages by Zalo OA
button-channel-webchat = Messages on the demo page
button-channel-plain = Messages as plain text
help-title = What I can do
help-foot = A slip? Type: undo
cancel-done = The question is dropped, nothing more is recorded.
cancel-nothing = No question is waiting.
incident = Something unexpected went wrong; nothing recorded. Please try again in a few minutes. If it persists, tell the Office number { $number }.

label-start = Link
label-help = Help
label-tasks = Items
label-task = View an item
label-done = Done
label-present = Presented
label-reported = Number awaited
label-progress = Progress
label-blocked = Blocked
label-acknowledge = Acknowledge
label-undo = Undo
label-overdue = Overdue
label-due = Due soon
label-summary = Summary
label-question = Ask how it stands
label-document = Document number
label-assign = Assign
label-notice = Notice
label-invite = Invite
label-hour = Morning hour
label-settings = Settings
label-language = Language
label-channel = Where messages come
label-cancel = Cancel

help-start = send your code to link
help-help = help
help-tasks = your unit's open items: tasks
help-task = view an item: task 3.5
help-done = report done: done 3.5 or done 3.5 45 27/4
help-present = presented, awaiting signature: present 3.5
help-reported = done, number awaited: reported 3.5
help-progress = progress: progress 3.5 60%
help-blocked = blocked: blocked 3.5 reason, 10/7
help-acknowledge = acknowledge: ok
help-undo = take back what was just recorded (10 minutes): undo
help-overdue = who is overdue: overdue or overdue qltm 718
help-due = due soon: due 7
help-summary = summary: summary or 718 den dau roi
help-question = ask how it stands: 3.5 xong chua
help-document = a document's number and date: 45 27/4
help-assign = assign a lead unit: assign 3.6 QLNL
help-notice = follow up a notice: send its file or paste its text
help-invite = invite code: invite QLTM
help-hour = change the hour of the morning message: hour 8:30
help-settings = settings
help-language = language
help-channel = where messages come: channel zalo
help-cancel = leave the waiting question: cancel

## What to do about a mistake

error-unknown-task = { $known ->
        [yes] Notice { $notice } has items { $first } to { $last }, but no { $code }. Nothing recorded.
       *[no] There is no item { $code }. Nothing recorded.
    }{ $has ->
        [yes] {" "}Your open items: { $own }.
       *[no] {""}
    }
error-unknown-notice = No notice { $number } is followed.{ $has ->
        [yes] {" "}Followed: { $known }.
       *[no] {""}
    }
error-not-yours = { $code } is assigned to { $units }, not to { $own }. Nothing recorded.
error-which-notice = { $count ->
        [2] Two items are
       *[other] { $count } items are
    } numbered { $code }. Which one do you mean?
error-which-task = Which item do you mean? Answer with a number:
error-which-task-done = Which item is done? Answer with a number:
error-which-task-present = Which item was presented? Answer with a number:
error-which-task-reported = Which item awaits its number? Answer with a number:
error-which-task-blocked = Which item is blocked? Answer with a number:
error-which-task-progress = Progress of which item? Answer with a number:
error-which-task-task = View which item? Answer with a number:
error-which-task-task-notice = Several notices have this item. View which one?
error-which-task-instead = Nothing recorded. Do you mean:
error-which-task-unit = Several units have this item. Which one do you mean?
which-task-more = { $count } more: type the code too, e.g. done 3.5
error-nothing-open = Your unit has no open items. Nothing recorded.
error-already-closed = { $state ->
        [dropped] { $code } is no longer followed. Nothing more recorded.
       *[other] { $code } was recorded as done on { $date }{ $has ->
            [yes] {" "}({ $document })
           *[no] {""}
        }. Nothing more recorded.
    }
error-never-done = { $value } is a standing duty and never done. Say how it goes, e.g. progress { $value } under way
error-document-needed = { $value }: send the document's number and date, e.g. 45 27/4
error-date-in-future = { $date } is still to come. Nothing recorded. Please check the document's date.
error-not-allowed = You are not yet authorised to use "{ $command }". Nothing recorded. If needed, please contact the Office.
error-unknown-command = { $near ->
        [yes] I did not understand; nothing recorded. Did you mean:
       *[no] I did not understand; nothing recorded. E.g. tasks, done 3.5, 3.5 blocked, help
    }
error-nothing-to-undo = Nothing recorded in the last 10 minutes can be undone.
error-acted-upon = Somebody has recorded more on { $value } since, so it cannot be undone. To correct it, please tell the Office.
error-changed-meanwhile = Somebody else has just recorded { $value }. Nothing recorded. Please look and try again: task { $value }
error-unknown-unit = There is no unit "{ $name }". Nothing recorded. The units: { $known }.
error-unknown-person = The roster has no "{ $value }".
error-bad-code = The code is wrong, used or expired. Please check it or ask the Office for another.
error-too-many-codes = Too many wrong codes. Please wait { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    } and send it again.
error-no-date = I could not read a date in "{ $value }". E.g. 15/5
error-no-directives = I found no numbered item in "{ $value }". Nothing recorded. Please send another file or paste the text.
error-already-followed = Notice { $value } is under follow-up already. Nothing more recorded.
error-no-draft = No notice is being prepared. Please send a notice's file or paste its text.
error-nothing-chosen = Which question does { $count } answer? It is over 30 minutes old, or none was asked. E.g. done 3.5
bot-about = Follows up the directives of your agency's notices. Ask your office for a code to link your account.

forwarded-left = This was forwarded; nothing was recorded. If it is your own report, please type it: done 3.5
