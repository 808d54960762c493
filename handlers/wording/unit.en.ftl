### Within a unit: handing a part on, acting for somebody who is away.

label-handover = Hand over
label-delegate = Stand in
help-handover = give to a deputy or an officer: giao 3.7 cho pho phong
help-delegate = who acts while you are away: pho phong lam thay den 30/6
handover-how = Which item goes to whom? For example: giao 3.7 cho pho phong
handover-recorded = { $code } is now with { $to }. { $reached ->
        [yes] Reminders go to both of you.
       *[no] They have not linked an account and got no message.
    }
handover-taken-back = { $code } is with you again.
handover-told = { $by } handed you { $code } { $title }.{ $dated ->
        [yes] {" "}Due { $due }.
       *[no] {""}
    } When it is done, type: done { $code }
error-which-task-person = Whom do you mean? Answer with the number:
delegate-how = Who acts, until when? For example: pho phong lam thay den 30/6
delegate-past = { $date } has passed. Nothing was recorded. For example: pho phong lam thay den 30/6
delegate-away-too = { $deputy } is away then too. Nothing was recorded. Please choose somebody else.
delegate-recorded = From { $first } to the end of { $last } { $deputy } gets the reminders and reports. { $reached ->
        [yes] Those concerned have been told.
       *[no] Somebody has not linked an account; please tell them yourself.
    }
delegate-told-absent = From { $first } to the end of { $last } { $deputy } gets your reminders and reports for you.
delegate-told-deputy = From { $first } to the end of { $last } you act for { $absent } and get the reminders of { $unit }.
button-tasks = Open tasks

absence-starts = You stand in for { $absent } ({ $unit }) to the end of { $last }. { $any ->
        [yes] Open items:
       *[no] No item is open.
    }
absence-over = { $any ->
        [yes] While you were away ({ $first } – { $last }):
       *[no] While you were away ({ $first } – { $last }) nothing changed.
    }
absence-more = And { $count } more changes.
absence-open = Open in { $unit }:
absence-standing = Standing duties: { $codes }
absence-done = { $code } { $title }: done { $date }{ $how ->
        [late] , late
        [in-time] , in time
       *[undated] {""}
    }{ $named ->
        [yes] {" "}({ $by })
       *[no] {""}
    }
absence-extended = { $code } { $title }: extended to { $date }
absence-new = { $code } { $title }: new{ $due ->
        [none] {""}
       *[other] , due { $due }
    }
absence-state = { $code } { $title }: { $state }{ $named ->
        [yes] {" "}({ $by })
       *[no] {""}
    }
