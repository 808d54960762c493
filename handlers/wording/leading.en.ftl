### What leaders do: stop following, urge.

label-drop = Stop following
help-drop = stop following, with the reason: drop 3.4 because it moved
drop-how = Stop following which item, and why? E.g. drop 3.4 because it moved
drop-why = Why is { $code } { $title } no longer followed?
drop-recorded = { $code } { $title } ({ $units }) is no longer followed. Reason: "{ $reason }". The units concerned are told in 10 minutes.
drop-told = { $by } stopped following { $code } { $title }. Reason: "{ $reason }". What was recorded stays on file.
