### Xác nhận, đề nghị bổ sung

confirm-recorded = Đã xác nhận { $code } hoàn thành ngày { $date }.
confirm-told = { $by } đã xác nhận { $code } { $title } hoàn thành.
return-how = Đề nghị bổ sung mục nào, thiếu gì? Ví dụ: tra lai 3.7 thieu quyet dinh
return-ask = { $code } thiếu gì, bổ sung trước ngày nào?
    Phòng báo lúc { $reported }{ $has ->
        [yes] : { $document }
       *[no] {""}
    }.
return-choice = Thiếu { $words }
return-usual-document = văn bản đã ký
return-usual-annex = phụ lục
return-usual-content = nội dung được giao
return-recorded = Đã đề nghị { $unit } bổ sung { $code }: "{ $missing }", trước { $time } { $weekday ->
        [0] thứ Hai
        [1] thứ Ba
        [2] thứ Tư
        [3] thứ Năm
        [4] thứ Sáu
        [5] thứ Bảy
       *[6] Chủ nhật
    } { $date }.
    Báo cáo lúc { $reported }{ $has ->
        [yes] {" "}({ $document })
       *[no] {""}
    } chưa tính hoàn thành.
return-told = { $by } đề nghị bổ sung { $code } { $title }: "{ $missing }". Bổ sung trước { $time } { $weekday ->
        [0] thứ Hai
        [1] thứ Ba
        [2] thứ Tư
        [3] thứ Năm
        [4] thứ Sáu
        [5] thứ Bảy
       *[6] Chủ nhật
    } { $date } thì vẫn tính theo ngày phòng báo { $first }.
submitted-told = { $unit } báo xong { $code } { $title } ngày { $date }{ $has ->
        [yes] : { $document }
       *[no] {""}
    }. Chờ xác nhận.
button-confirm = Xác nhận { $code }
button-return = Đề nghị bổ sung { $code }
button-confirm-it = Xác nhận
button-return-it = Đề nghị bổ sung
button-leave = Thôi
waiting-nothing = Không có gì chờ xác nhận, chờ ký.
waiting-confirm = Chờ xác nhận: { $count }
waiting-confirm-line = { $code } { $title } – { $unit } báo ngày { $date }{ $has ->
        [yes] : { $document }
       *[no] {""}
    }
waiting-for-you = Chờ đồng chí ký:
confirming-is = Báo cáo hoàn thành { $on ->
        [yes] đang phải chờ Lãnh đạo hoặc Chánh Văn phòng xác nhận.
       *[no] đang tính ngay, không chờ xác nhận.
    }
confirming-set = { $on ->
        [yes] Từ nay báo cáo hoàn thành chờ Lãnh đạo hoặc Chánh Văn phòng xác nhận.
       *[no] Từ nay báo cáo hoàn thành tính ngay. Mục đang chờ vẫn cần xác nhận.
    }
confirming-on = Bật xác nhận
confirming-off = Tắt xác nhận
typed-waiting = cho xac nhan

label-confirm = Xác nhận
label-return = Đề nghị bổ sung
label-waiting = Chờ xác nhận, chờ ký
label-confirming = Chế độ xác nhận
help-confirm = xác nhận hoàn thành: xac nhan 3.5
help-return = đề nghị bổ sung: tra lai 3.7 thieu quyet dinh
help-waiting = việc chờ xác nhận, chờ ký: cho xac nhan hoặc cho xac nhan qltm
help-confirming = bật, tắt chế độ xác nhận: che do xac nhan

error-not-reported = { $code } chưa có báo cáo hoàn thành ({ $state }). Chưa ghi gì.
error-just-returned = { $code } vừa được đề nghị bổ sung: "{ $missing }". Chưa ghi gì. Đủ rồi thì gửi lại sau một phút.
error-date-passed = Ngày { $date } đã qua. Chưa ghi gì.
restricted-words = Văn bản hạn chế: lời của đồng chí không gửi qua đây, đề nghị trao đổi trực tiếp.
