### Coordination: the lead asks, cooperating units answer.

label-request = Ask cooperating units
help-request = ask cooperating units: request 3.3 send your plans before 20/4
label-contribute = Send a contribution
help-contribute = send what the lead asks for: contribute 3.3 we agree
label-nothing = Nothing to contribute
help-nothing = nothing to contribute: nothing 3.3
label-coordination = Contributions
help-coordination = who has not sent a contribution: coordination
request-how = Which directive, what is asked, before which day? E.g. request 3.3 send your plans before 20/4
request-what = What are the units cooperating on { $code } asked for, before which day? E.g. request { $code } send your plans before 20/4
request-when = { $code }: before which day is an answer wanted? E.g. before 20/4
request-sent = Sent to { $units } ({ $code }). Answer wanted: { $by }.{ $has ->
        [yes] {" "}No account yet, please phone: { $missed }.
       *[no] {""}
    }{ $others ->
        [yes] {" "}Not sent to { $still }: asked already, not answered yet.
       *[no] {""}
    }
request-moved = { $units } told: the answer on { $code } is wanted { $by }.
request-decided = { $code }: more time was decided on already; the answer is wanted { $by }. Nothing more recorded.
request-again = { $told ->
        [yes] Reminded { $units } of { $code }.
       *[no] { $code }:
    }{ $before ->
        [yes] {" "}Reminded { $earlier } today already.
       *[no] {""}
    }{ $has ->
        [yes] {" "}No account yet, please phone: { $missed }.
       *[no] {""}
    }
inquiry-by = { $strict ->
        [yes] before { $day } (by the end of { $last })
       *[no] by the end of { $day }
    }
inquiry-told = { $again ->
        [yes] { $lead }, which leads { $code } { $title }, reminds
       *[no] { $lead }, which leads { $code } { $title }, asks
    } { $unit }{ $shown ->
        [yes] : "{ $words }".
       *[no] {" "}to contribute; what for is said in person.
    } Answer wanted: { $by }.
button-contribute = Send a contribution
button-nothing = Nothing to contribute
button-more-time = Ask for more time
button-new-day = Agree
button-keep-day = Keep the day
contribute-ask = Please send the contribution to { $code }: words, a document's number and date, or files.
contribute-recorded = Sent to { $lead }: the contribution of { $unit } to { $code }.
nothing-recorded = { $lead } told: { $unit } has nothing to contribute to { $code }.
more-time-recorded = Sent to { $lead }: { $unit } asks for more time on { $code }.
inquiry-answered = { $state ->
        [nothing] { $unit } has nothing to contribute to { $code }
       *[given] { $unit } sent a contribution to { $code }
    }{ $has ->
        [yes] : "{ $words }".
       *[no] .
    }{ $files ->
        [0] {""}
        [one] {" "}One file comes with it, to open it: files { $code }
       *[other] {" "}{ $files } files come with it, to open them: files { $code }
    }
inquiry-more-time = { $unit } asks for more time to contribute to { $code } (wanted { $by }){ $has ->
        [yes] : "{ $words }".
       *[no] .
    } { $named ->
        [yes] Asked for: the end of { $day }.
       *[no] If you agree: by the end of { $day }.
    }
inquiry-moved = { $lead }: the contribution to { $code } is wanted { $by }.
inquiry-withdrawn = { $lead } takes back what it asked on { $code }. No answer is needed.
inquiry-unit = { $state ->
        [given] { $unit } sent { $date }
        [nothing] { $unit } has nothing
        [more_time] { $unit } asks for more time{ $dated ->
            [yes] {" "}until { $wanted }
           *[no] {""}
        }
       *[asked] { $unit } has not answered
    }
inquiry-stands = { $code }: { $list }.
inquiry-again-button = { $few ->
        [yes] Remind { $units }
       *[no] Remind { $count } units
    }
inquiry-silent = { $units }: no contribution yet.
coordination-title = Contributions
coordination-none = No question between units is waiting.
coordination-asked = { $code }: { $lead } asks { $shown ->
        [yes] "{ $words }"
       *[no] for a contribution
    }, { $by }
error-nobody-cooperates = No other unit cooperates on { $value }. Nothing sent.
error-not-cooperating = { $unit } does not cooperate on { $code }. Cooperating: { $units }. Nothing sent.
error-still-asked = { $code }: { $units } were asked already and have not answered. Nothing sent. Another day: request { $code } 25/4
error-not-asked = { $has ->
        [yes] Nothing asked on { $code } waits for an answer. Nothing recorded.
       *[no] Nothing asked of your unit waits for an answer. Nothing recorded.
    }
error-already-answered = { $code }: { $unit } { $state ->
        [nothing] said it has nothing
        [more_time] asked for more time
       *[given] sent a contribution
    } at { $time }, { $date }. Nothing more recorded. To add something: report { $code }
error-which-task-contribute = Which directive is the contribution to?
error-which-task-nothing = Which directive do you answer on?
