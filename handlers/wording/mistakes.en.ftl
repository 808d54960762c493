### What to do about a mistake

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
