### Confirmed, or returned for more

confirm-recorded = Confirmed: { $code } done on { $date }.
confirm-told = { $by } has confirmed { $code } { $title }.
return-how = Which item, and what is missing? E.g. return 3.7 the decision is missing
return-ask = What does { $code } lack, and by when?
    Reported at { $reported }{ $has ->
        [yes] : { $document }
       *[no] {""}
    }.
return-choice = Missing: { $words }
return-usual-document = the signed document
return-usual-annex = the annex
return-usual-content = what was asked for
return-recorded = { $unit } is asked to complete { $code }: "{ $missing }", before { $time } on { $weekday ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[6] Sunday
    } { $date }.
    The report of { $reported }{ $has ->
        [yes] {" "}({ $document })
       *[no] {""}
    } does not count as done yet.
return-told = { $by } asks for more on { $code } { $title }: "{ $missing }". Completed before { $time } on { $weekday ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[6] Sunday
    } { $date }, your report of { $first } stands.
submitted-told = { $unit } reports { $code } { $title } done on { $date }{ $has ->
        [yes] : { $document }
       *[no] {""}
    }. To be confirmed.
button-confirm = Confirm { $code }
button-return = Ask for more on { $code }
button-confirm-it = Confirm
button-return-it = Ask for more
button-leave = Leave it
waiting-nothing = Nothing waits to be confirmed or signed.
waiting-confirm = To be confirmed: { $count }
waiting-confirm-line = { $code } { $title } – { $unit }, reported { $date }{ $has ->
        [yes] : { $document }
       *[no] {""}
    }
waiting-for-you = Waiting for your signature:
confirming-is = Reports { $on ->
        [yes] wait for a leader or the office chief to confirm them.
       *[no] count at once, without being confirmed.
    }
confirming-set = { $on ->
        [yes] From now on reports wait for a leader or the office chief to confirm them.
       *[no] From now on reports count at once. What waits still needs confirming.
    }
confirming-on = Confirm reports
confirming-off = Count at once
typed-waiting = waiting

label-confirm = Confirm
label-return = Ask for more
label-waiting = Waiting
label-confirming = Confirming
help-confirm = confirm a report: confirm 3.5
help-return = ask for more: return 3.7 what is missing
help-waiting = what waits to be confirmed or signed: waiting or waiting qltm
help-confirming = turn confirming on or off: confirming

error-not-reported = { $code } was not reported done ({ $state }). Nothing recorded.
error-just-returned = More was just asked for on { $code }: "{ $missing }". Nothing recorded. If it is complete, send it again in a minute.
error-date-passed = { $date } has passed. Nothing recorded.
restricted-words = Restricted document: your words are not carried here, please speak with each other.
