### More time

extend-how = Until when, and why, should { $code } be extended? E.g. extend { $code } 15/7 figures are missing
extend-why = Why should { $code } be extended to { $date }?
extend-paper = To enter an extension of { $code } decided on paper, give the day and the document. E.g. extend { $code } 15/7 cv 52 27/6
extend-superior = { $code } was given by the province. Leaders can only move the internal date; the province's date needs a document. Please choose:
extend-inside = Move the internal date
extend-by-paper = A paper went to the province
extend-which-paper = Which paper asks for { $code } until { $date }? Give its number and date, e.g. 120 27/6
extend-by-document = by { $number }{ $dated ->
        [yes] {" "}of { $date }
       *[no] {""}
    }
extend-asked = Asked for { $inside ->
        [yes] a later internal date of
       *[no] more time for
    } { $code }{ $had ->
        [yes] , no. { $times }: { $due } → { $until }.
       *[no] : no deadline yet → { $until }.
    }
    Reason: "{ $reason }".
    { $deputy ->
        [yes] The deputy in charge gives an opinion, the Director decides.
       *[no] The Director decides.
    } The date has not changed yet.
extend-please = { $unit } asks for { $inside ->
        [yes] a later internal date of
       *[no] more time for
    } { $code } { $title }: { $until } ({ $had ->
        [yes] due { $due }
       *[no] no deadline yet
    }). Reason: "{ $reason }".{ $support ->
        [yes] {" "}The deputy in charge agrees.
        [no] {" "}The deputy in charge does not agree.
       *[none] {""}
    }
button-support = Agree, pass on
button-object = Do not agree
button-grant = Agree
button-deny = Refuse
button-other-day = Another day
opinion-recorded = Your opinion on more time for { $code }: { $agrees ->
        [yes] agreed
       *[no] not agreed
    }. Passed on to the Director.
extend-other-day = Until which day is { $code } extended? E.g. 10/7
extend-granted = Granted: { $inside ->
        [yes] internal date of { $code } { $until }.
       *[no] { $code } { $had ->
            [yes] until { $until } (no. { $times }, first due { $original }).
           *[no] is due { $until } (no deadline before).
        }
    }
extend-told-granted = { $by } grants { $inside ->
        [yes] a later internal date of { $code } { $title } ({ $unit }): { $until }.
       *[no] { $had ->
            [yes] more time for { $code } { $title } ({ $unit }): { $until } (no. { $times }, first due { $original }).
           *[no] a deadline for { $code } { $title } ({ $unit }): { $until } (none before).
        }
    }
extend-refused = Refused: more time for { $code }. { $had ->
        [yes] Still due { $due }.
       *[no] Still without a deadline.
    }
extend-told-refused = { $by } refuses more time for { $code } { $title } ({ $unit }){ $has ->
        [yes] : "{ $why }"
       *[no] {""}
    }. { $had ->
        [yes] Still due { $due }.
       *[no] Still without a deadline.
    }
extend-on-paper = { $had ->
        [yes] Recorded: { $code } ({ $unit }) extended to { $until }, no. { $times }, by { $basis }.
       *[no] Recorded: { $code } ({ $unit }) is due { $until }, by { $basis }. No deadline before.
    }
extend-told-paper = { $had ->
        [yes] { $by } recorded more time for { $code } { $title } ({ $unit }): { $until } (no. { $times }, first due { $original }), by { $basis }.
       *[no] { $by } recorded a deadline for { $code } { $title } ({ $unit }): { $until }, by { $basis }. None before.
    }
extend-waiting = More time asked for:
extend-waiting-line = { $code } { $title } – { $unit } until { $until }: "{ $reason }"
button-grant-code = Agree { $code }
button-deny-code = Refuse { $code }
task-extended = Extended { $times ->
        [one] once
       *[other] { $times } times
    }, first due { $original }{ $late ->
        [0] {""}
        [one] , 1 day past it
       *[other] , { $late } days past it
    }.
task-asked = More time is asked for, until { $until }: "{ $reason }".
label-extend = More time
help-extend = ask for more time: extend 3.5 15/5 reason
error-not-later = { $code } is already due { $date }. Nothing recorded.
error-already-asked = More time for { $value } was asked and is not decided yet. Nothing recorded.
error-which-task-extension = Which request for more time do you mean?
