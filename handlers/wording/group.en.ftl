### Groups: linked to the agency, and what the whole group reads.

label-link = Link the group
label-unlink = Unlink the group
label-publish = Post in the group
help-link = typed in the agency's group: link
help-unlink = typed in the group: unlink
help-publish = post figures in the group, shown to the letter first: publish 718, publish review
group-private = Sent privately to { $title }.
group-recorded = Recorded for { $code }, { $unit }.
group-recorded-above = Recorded for { $code }.
group-unit = { $room ->
    [yes] { $unit }
   *[no] { $unit }
}
group-not-linked = This group is not linked. The agency's office chief types in it: link
group-linked-public = The group is linked. Type commands here as in private; answers are sent to each in private.
group-linked = The group is linked to the agency. It hears of no late unit, no days, no count of reminders. To undo that later, type in it: unlink
group-linked-already = This group is linked already.
group-unlinked = The group is not linked any more.
group-lost = A group of the agency on { $channel } can no longer be written to; it is not linked any more, and the latest post may not be there. To use it again, add the bot and type in the group: link
group-button-not-yours = This button belongs to { $units }, nothing recorded.
group-button-nobody = This button is not meant for you, nothing recorded.
publish-figures = Notice { $number }: done { $done }/{ $total }, open { $open }
publish-review = Meeting on { $on } { $meeting }. Units are asked to say how things stand before 16:00 { $weekday } { $date }. Each was written to in private.
publish-shown = { $count ->
        [one] This would be posted in 1 group of the agency, to the letter:
       *[other] This would be posted in { $count } groups of the agency, to the letter:
    }
    { $text }
publish-asked = { $count ->
        [one] Please approve what is to be posted in 1 group of the agency, to the letter:
       *[other] Please approve what is to be posted in { $count } groups of the agency, to the letter:
    }
    { $text }
    Press the button, or type: publish review
publish-posted = { $count ->
        [one] Posted in 1 group.
       *[other] Posted in { $count } groups.
    }
publish-edit = Please type what is to be posted.
publish-gone = Nothing waits to be posted any more. For example: publish 718
publish-nothing = There is no directive under follow-up to post.
publish-no-meeting = No meeting is being prepared for, or the time for answers is over. Nothing was posted.
button-publish = Post in the group
error-not-in-group = This is typed in the agency's group, with the bot's name.
error-group-taken = This group cannot be linked. Nothing recorded.
error-no-group = The agency has linked no group. The office chief types in one: link
error-already-posted = The word for the meeting of { $date } is in the groups already.
error-not-for-all = A group hears of no late unit, no days, no count of reminders, and nobody is tagged. Nothing was posted. Please type it again.
