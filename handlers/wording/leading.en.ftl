### What leaders do: stop following, urge.

label-drop = Stop following
help-drop = stop following, with the reason: drop 3.4 because it moved
drop-how = Stop following which item, and why? E.g. drop 3.4 because it moved
drop-why = Why is { $code } { $title } no longer followed?
drop-recorded = { $code } { $title } ({ $units }) is no longer followed. Reason: "{ $reason }". The units concerned are told in 10 minutes.
drop-told = { $by } stopped following { $code } { $title }. Reason: "{ $reason }". What was recorded stays on file.
label-remind = Urge
help-remind = urge a unit: remind qlnl, remind 3.6, remind all overdue
remind-how = Urge whom? E.g. remind qlnl, remind 3.6, remind all overdue
remind-none = { $has ->
        [yes] Nothing of { $unit } is overdue. To urge one item: remind 3.6
       *[no] Nothing is overdue.
    }
remind-shown = To { $to } in private:
    "{ $text }"
remind-text = { $by } asks { $unit } to report on { $codes }{ $has ->
        [yes] {" "}by { $time } on { $date }.
       *[no] .
    }
remind-own-words = { $by } (item { $codes }): { $words }
remind-nobody = { $unit }: nobody else to urge.
remind-edit = Please type the text to send.
remind-gone = Nothing waits to be sent. E.g. remind 3.6
remind-counted = { $code } { $unit } time { $times }
remind-sent = { $waits ->
        [yes] Goes out at { $time } on { $date }, urged { $list }.
       *[no] Sent at { $time }, urged { $list }.
    }{ $has ->
        [yes] {" "}Without a linked account, please phone: { $missed }.
       *[no] {""}
    }
button-send = Send
button-edit = Change

urge-answered = { $unit } has answered:
urge-answer = { $code } { $title }: { $state }{ $quoted ->
        [yes] , "{ $words }"
       *[no] {""}
    }
urge-silent = At { $time } { $unit } had not reported on { $codes }, asked for by { $by }.
