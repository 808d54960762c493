### Handing in a result: in a message and from the page /u/…

report-ask =
    { $codes }: please send the document's number and date here (for example: 45 27/4), a file or a photo.
report-ask-page =
    Send files for { $code } from a browser, within 24 hours:
    { $address }
report-taken = Received for { $codes }{ $files ->
        [0] {""}
        [one] , 1 { $kind ->
            [photo] photo
           *[other] file
        }
       *[other] , { $files } { $kind ->
            [photo] photos
           *[other] files
        }
    }. { $closed ->
        [yes] Kept with what was recorded before.
       *[no] Not counted as done yet.
    }
report-files = { $files ->
        [one] With 1 { $kind ->
            [photo] photo
           *[other] file
        }.
       *[other] With { $files } { $kind ->
            [photo] photos
           *[other] files
        }.
    }
looking = Looking at the { $kind ->
        [photo] photo
       *[other] file
    }.
report-whose = { $kind ->
        [photo] Of which directive is this photo the result?
       *[other] Of which directive is this file the result?
    }
picture-read =
    In the { $kind ->
        [photo] photo
       *[other] file
    }: number { $number } of { $date }?
    Of which directive is it the result?
picture-confirm =
    In the { $kind ->
        [photo] photo
       *[other] file
    }: number { $number } of { $date }?
    Is it the result of { $codes }?
picture-unread =
    The { $kind ->
        [photo] photo
       *[other] scan
    } is not clear enough to read the document's number. Please type number and date, for example: 45 27/4
    Or choose the directive:
picture-dim = The { $kind ->
        [photo] photo
       *[other] scan
    } is not clear enough to read the document's number.
picture-misread = { $several ->
        [yes] Please type the directive and the right number and date, for example: 3.5 45 27/4
       *[no] Please type the right number and date, for example: 45 27/4
    }
picture-dropped = The { $kind ->
        [photo] photo
       *[other] file
    } is deleted, nothing was recorded.
button-read-right = Yes, record { $code }
button-other-directive = Another directive
button-misread = Number or date is wrong
button-drop-photo = Record nothing, delete the photo
button-drop-file = Record nothing, delete the file
label-misread = Number or date is wrong
help-misread = say that the number or date read in a photo is wrong

upload-gone = This address is no longer good. Write "report" with the code to the assistant for a new one.
upload-recorded = { $code } { $state ->
        [dropped] is no longer followed
       *[other] is recorded as done on { $date }
    }{ $has ->
        [yes] , { $document }
       *[no] {""}
    }{ $count ->
        [0] {""}
        [one] , 1 file kept
       *[other] , { $count } files kept
    }.{ $same ->
        [yes] {""}
       *[no] {" "}Nothing more was recorded this time. To add to it, please send the file to the assistant with "report { $code }".
    }
upload-empty = No file was chosen and no document named.
upload-document = The document's number or date is not right. For example: number 45/TTr-SCT, date 27/4. Nothing was recorded.
upload-busy = The system is busy and did not receive it. Please send it again.
upload-elsewhere = The request came from another page, so it was not taken.
upload-taken = { $count ->
        [0] Sent.
        [one] 1 file sent.
       *[other] { $count } files sent.
    }
upload-refused = "{ $name }" was not kept: { $kind ->
        [too_big] it is larger than 20 MB.
        [macro] it has macros. Please save it as an ordinary .docx, .xlsx or as PDF.
        [encrypted] it has a password and cannot be opened. Please remove that and send it again, or send number and date alone.
        [huge_picture] the picture is too large. Please take it at the usual size.
        [slow] it took too long to open. Please send it in smaller files.
        [entities] there is strange code in it. Please open it in Word, save and send it again.
        [strange_paths] there is strange code in it. Please open it in Word, save and send it again.
        [broken] it is broken. Please open it, save it again and send that.
        [empty] it is empty.
        [program] it is a program, not a document.
        [heic] it is a HEIC picture. Please send a JPG.
        [unavailable] it could not be fetched. Please send it again.
        [swollen] it is packed strangely.
       *[other] only PDF, Word, Excel, JPG and PNG are taken.
    }

## Stamps of secrecy

stamped-chat = The { $kind ->
        [photo] photo
       *[other] file
    } is stamped { $level }. It was not kept, it is deleted on our side, and nothing was recorded. Please take this message back and tell the office. The result { $has ->
        [yes] of { $codes }{" "}
       *[no] {""}
    }goes to the office directly, not through here.
stamped-later = A photo or file is stamped { $level }. It was not kept and is deleted on our side. Please take that message back and tell the office.
stamped-page = A file is stamped { $level }. No file sent this time was kept and nothing was recorded. Please tell the office. The result of { $code } goes to the office directly, not through here.

## Where this computer cannot look, the sender does

vouch = This server cannot look into { $kind ->
        [photo] photos
       *[other] this file
    } for a stamp of secrecy. Is it free of MẬT, TỐI MẬT and TUYỆT MẬT?
button-unstamped = No stamp, go on
button-stamped-photo = Stamped, delete the photo
button-stamped-file = Stamped, delete the file
upload-vouch = This server cannot look for a stamp of secrecy in pictures. Please look yourself, tick "Tệp không có dấu MẬT" and send again. Nothing was recorded.

files-none = Nothing was handed in for { $code } as a file.
files-withheld = { $code } is restricted: its files are not sent here, please see the office.
files-sent = Files handed in for { $code }:{ $more ->
        [0] {""}
       *[other] {" "}the { $count } newest, { $more } older ones not shown.
    }
help-report = hand in a result, a file, a photo: report 3.5
help-files = read what was handed in: files 3.5
label-report = Hand in
label-files = Files
