### Correcting, sending again, replacing a notice under follow-up.

error-notice-replaced = Notice { $number } was replaced by { $other }. Nothing more was recorded.
error-nothing-corrected = { $number } changes nothing in notice { $other } as it is followed. Nothing more was recorded.
error-still-there = The new text of { $number } no longer has { $codes }. Nothing was recorded; please decide on each of them.

amend-title-correction = { $number } corrects notice { $other }
amend-title-again = { $number } sent again, different from what is followed
amend-title-replacement = { $number } replaces notice { $other }
amend-kept = Unchanged: { $count }.
amend-changed = Changed: { $count }
amend-added = Added: { $count }
amend-missing = Left out: { $count }
amend-more = … and { $count } more changes, see the comparison.
amend-line = { $code } { $title }
amend-line-kept = { $code } { $title } – unchanged
amend-line-code = { $code } is now { $new }
amend-line-due = { $code } { $was } → { $new }
amend-line-units = { $code } units: { $was } → { $new }
amend-line-kind-tracked = { $code } is followed to its end
amend-line-kind-standing = { $code } is a general duty
amend-line-kind-untracked = { $code } is not followed
amend-line-product = { $has ->
        [yes] { $code } product: { $new }
       *[no] { $code } asks for no product any more
    }
amend-line-text = { $code } "{ $was }" → "{ $new }"
amend-line-text-withheld = { $code } has other words (restricted, see the paper)
amend-line-omitted = { $code } without "{ $was }"
amend-line-inserted = { $code } with "{ $new }"
amend-line-added = { $code } { $title } – { $units } – { $due }
amend-unplaced = Not found in the notice: "{ $words }". Change it by hand, for example: sua 3.4 noi dung …
amend-nothing-read = What is to be corrected could not be read. Change it by hand, for example: sua 3.4 han 15/5
amend-only-words = Work, deadlines and units stay the same.
amend-results-kept = What was recorded is kept.
amend-old-codes = What was recorded is kept. { $number }/{ $code } is still understood.
amend-told-to = To be told: { $units }.
notice-button-compare = Compare
amend-ask-removed =
    { $code } { $title }
    { $standing }. { $number } no longer has it. Keep it or leave it out?
amend-button-keep = Keep { $code }
amend-button-drop = Leave out { $code }
amend-kept-on = { $code } is still followed.
amend-dropped = Recorded: { $code } is no longer followed, what was recorded stays on file.
amend-done-correction = Corrected as { $number } says.
amend-done-again = The changes of notice { $number } are recorded.
amend-done-replacement = Notice { $number } is under follow-up in the place of the old one.
amend-approved-correction = The office chief approved the correction { $number }.
amend-approved-again = The office chief approved the changes of notice { $number }.
amend-approved-replacement = The office chief approved notice { $number } in the place of the old one.
amend-told-only-words = Work, deadline and units stay the same.
amend-told-added = Added: { $line }
amend-told-missing = Left out: { $code } { $title }
amend-told-codes = { $number }/{ $code } is still understood.
error-which-task-moved = This code moved when the notice was replaced. Which one do you mean?
