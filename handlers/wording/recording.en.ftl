### Recording on a unit's behalf, and what the unit finds wrong with it.

label-record = Record for a unit
help-record = record for a unit by a document: record 3.5 QLTM 45 27/4
record-how = Which item is to be recorded, by which document? E.g. record 3.5 QLTM 45 27/4
record-basis = By which document is { $code } { $title } recorded for { $unit }? Give number and date, e.g. 45 27/4
record-shown = To be recorded for { $unit }:
    { $code } { $awaits ->
        [yes] reported done, to be confirmed, as of
       *[no] done on
    } { $date }{ $standing ->
        [on-time] , on time ({ $due })
        [late] , late ({ $due })
       *[none] {""}
    }
    Basis: { $document } of { $dated }
    Recorded on { $today }.
record-all-how = To record all { $count } of them, type: record
button-record = Record it
record-recorded = Recorded for { $unit }: { $code } { $awaits ->
        [yes] reported done, to be confirmed, as of
       *[no] done on
    } { $date }, by { $document }. The unit is told in 10 minutes.
    Mistaken: type "undo" within 10 minutes.
record-told = The Office recorded for { $unit }: { $code } { $title } { $awaits ->
        [yes] reported done on
       *[no] done on
    } { $date }, by { $document }. If that is wrong, answer "dispute { $code }".
label-dispute = Wrong record
help-dispute = what the Office recorded for you is wrong: dispute 3.5
dispute-how = Which item did the Office record wrongly? E.g. dispute 3.5
dispute-taken-back = The record of { $code } is taken back; it stands as before. The Office is told.
dispute-right = Record { $code } by { $document }
dispute-told = { $unit } says that the record of { $code } ({ $document }) is wrong{ $quoted ->
        [yes] : "{ $words }"
       *[no] {""}
    }. It is taken back; the item is again: { $state }.
dispute-passed-on = Somebody has gone on from the Office's record of { $code }, so it stays. The Office was asked to look.
dispute-please = { $unit } says that the record of { $code } { $title } is wrong{ $quoted ->
        [yes] : "{ $words }"
       *[no] {""}
    }. Somebody has gone on from it ({ $state }), so it stays. Please look at it.
error-not-recorded = The Office has recorded nothing for { $value } that stands. Nothing recorded.
error-which-task-record = Which item is to be recorded? Answer with its number:
