### Settings, help

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
