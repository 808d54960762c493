### What units propose, and what the leaders answer.

label-propose = Propose
help-propose = object to a direction or propose another: propose 3.4 reason
propose-why = What do you propose about { $code } { $title }?
propose-how = What do you propose about { $code }? E.g. propose { $code } not within our remit
propose-in-writing = A proposal about notice { $number } has to be in writing. Give number and date; without them I can let the leaders know ahead.
    { $limited ->
        [yes] The deadline { $due } stays until there is an answer.
       *[no] The task stays as it is until there is an answer.
    }
button-propose-ahead = Let them know ahead
button-propose-later = Wait for the paper
propose-recorded = { $told ->
        [deputy] Proposal on { $code } sent. The deputy in charge gives an opinion, the Director answers.
        [leader] Proposal on { $code } sent to the Director.
       *[no] Proposal on { $code } kept, not sent. Once there is a paper, type: propose { $code } no 120 28/4
    }
    It says: "{ $text }".{ $has ->
        [yes] {" "}Document { $document } of { $dated }.
       *[no] {" "}No document yet.
    }
    { $limited ->
        [yes] The deadline { $due } stays until there is an answer.
       *[no] The task stays as it is until there is an answer.
    }
propose-waits = The proposal on { $code } waits for its paper: "{ $text }". Give number and date, e.g. propose { $code } no 120 28/4
propose-please = { $unit } proposes about { $code } { $title }: "{ $text }".{ $has ->
        [yes] {" "}Document { $document } of { $dated }.
       *[no] {" "}Ahead of the document.
    }{ $limited ->
        [yes] {" "}Still due { $due }.
       *[no] {""}
    }{ $opinion ->
        [agreed] {" "}The deputy in charge agrees
        [refused] {" "}The deputy in charge does not agree
        [other] {" "}The deputy in charge has an opinion
       *[none] {""}
    }{ $quoted ->
        [yes] : "{ $words }".
       *[no] { $opinion ->
            [none] {""}
           *[other] .
        }
    }
button-view = Another view
propose-view = Your view of the proposal on { $code } ({ $unit }): "{ $text }"? I pass it on word for word.
propose-passed-on = Your opinion on the proposal { $code }: { $view ->
        [agreed] agreed
        [refused] not agreed
       *[other] another view
    }{ $quoted ->
        [yes] , "{ $words }"
       *[no] {""}
    }. Passed on to the Director.
propose-answered = Your answer to the proposal { $code } ({ $unit }): { $view ->
        [agreed] agreed
        [refused] refused
       *[other] another view
    }{ $quoted ->
        [yes] , "{ $words }"
       *[no] {""}
    }. The unit and the Office are told in 10 minutes.{ $limited ->
        [yes] {" "}Still due { $due }.
       *[no] {""}
    }
propose-told-answer = { $by } { $view ->
        [agreed] agrees to the proposal
        [refused] refuses the proposal
       *[other] has a view of the proposal
    } { $code } { $title } ({ $unit }), "{ $text }"{ $quoted ->
        [yes] : "{ $words }"
       *[no] {""}
    }.{ $limited ->
        [yes] {" "}Still due { $due }.
       *[no] {""}
    }
propose-none = No proposal waits for your answer. Nothing recorded.
propose-waiting = Proposals to be answered:
propose-waiting-line = { $code } { $title } – { $unit }: "{ $text }"
button-accept-code = Agree to proposal { $code }
button-view-code = Another view { $code }
task-proposed = Proposed { $date }: "{ $text }"{ $has ->
        [yes] , document { $document } of { $dated }
       *[no] , no document yet
    }. { $state ->
        [waiting] Not sent, waits for its document
        [open] Not answered yet
        [agreed] { $by } agreed on { $on }
        [refused] { $by } refused on { $on }
       *[other] { $by } answered on { $on }
    }{ $quoted ->
        [yes] : "{ $words }"
       *[no] {""}
    }.
label-opinion = Another view
help-opinion = answer a proposal in words: opinion 3.4 work with the ethnic board
error-already-proposed = A proposal on { $value } waits for its answer. Nothing recorded. To add its document: propose { $value } no 120 28/4
error-proposal-answered = The proposal { $code } was answered{ $known ->
        [yes] {" "}by { $by }
       *[no] {""}
    }: { $view ->
        [agreed] agreed
        [refused] refused
       *[other] another view
    }. Nothing more recorded.
error-which-task-propose = A proposal about which item? Answer with its number:
error-which-task-proposal = Which proposal do you answer?
error-which-task-answer = Do you answer the proposal or the request for more time?
