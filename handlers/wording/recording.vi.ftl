### Ghi nhận thay đơn vị, và khi đơn vị thấy chưa đúng.

label-record = Ghi nhận thay
help-record = ghi nhận thay đơn vị theo văn bản: ghi nhan thay 3.5 qltm ttr 45 ngay 27/4
record-how = Ghi nhận thay mục nào, theo văn bản nào? Ví dụ: ghi nhan thay 3.5 qltm ttr 45 ngay 27/4
record-basis = Ghi nhận thay { $unit } mục { $code } { $title } theo văn bản nào? Cho số, ngày, ví dụ: 45 27/4
record-shown = Ghi nhận thay { $unit }:
    { $code } { $awaits ->
        [yes] báo xong, chờ xác nhận. Ngày tính
       *[no] hoàn thành ngày
    } { $date }{ $standing ->
        [on-time] , đúng hạn ({ $due })
        [late] , quá hạn ({ $due })
       *[none] {""}
    }
    Căn cứ: { $document } ngày { $dated }
    Ghi ngày { $today }.
record-all-how = Ghi cả { $count } mục vừa nêu thì gõ: ghi nhan
button-record = Ghi nhận
record-recorded = Đã ghi nhận thay { $unit }: { $code } { $awaits ->
        [yes] báo xong, chờ xác nhận, ngày tính
       *[no] hoàn thành ngày
    } { $date }, theo { $document }. Đơn vị được báo sau 10 phút.
    { undo-hint }
record-told = Văn phòng đã ghi giúp { $unit }: { $code } { $title } { $awaits ->
        [yes] báo xong ngày
       *[no] hoàn thành
    } { $date }, theo { $document }. Chưa đúng thì trả lời "sai { $code }".
label-dispute = Ghi sai
help-dispute = Văn phòng ghi giúp chưa đúng: sai 3.5, sai 3.5 so la 46
dispute-how = Mục nào Văn phòng ghi giúp chưa đúng? Ví dụ: sai 3.5
dispute-taken-back = Đã bỏ ghi nhận thay { $code }, mục trở lại như trước khi ghi. Văn phòng được báo.
dispute-right = Ghi { $code } theo { $document }
dispute-told = { $unit } báo ghi nhận thay { $code } ({ $document }) chưa đúng{ $quoted ->
        [yes] : "{ $words }"
       *[no] {""}
    }. Đã bỏ ghi nhận, mục trở lại: { $state }.
dispute-passed-on = { $code } đã có người ghi tiếp sau Văn phòng nên giữ nguyên. Đã báo Văn phòng xem lại.
dispute-please = { $unit } báo ghi nhận thay { $code } { $title } chưa đúng{ $quoted ->
        [yes] : "{ $words }"
       *[no] {""}
    }. Mục đã có người ghi tiếp ({ $state }), giữ nguyên. Đề nghị Văn phòng xem lại.
error-not-recorded = { $value } hiện không có ghi nhận thay nào của Văn phòng. Chưa ghi gì.
error-which-task-record = Ghi nhận thay mục nào? Trả lời số:
