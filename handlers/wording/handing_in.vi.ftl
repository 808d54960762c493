### Nộp kết quả: trong tin nhắn và từ trang /u/…

report-ask =
    Mục { $codes }: đồng chí gửi vào đây số, ngày văn bản (ví dụ: 45 27/4), tệp hoặc ảnh.
report-ask-page =
    Gửi tệp mục { $code } từ trình duyệt, trong 24 giờ:
    { $address }
report-taken = Đã nhận kết quả mục { $codes }{ $files ->
        [0] {""}
       *[other] , { $files } tệp
    }. Chưa tính hoàn thành.
report-files = Kèm { $files } tệp.
report-whose = { $kind ->
        [photo] Ảnh này
       *[other] Tệp này
    } là kết quả của mục nào?
button-keep-nothing = Không ghi

upload-gone = Địa chỉ này không còn dùng được. Đồng chí nhắn Trợ lý "nop" kèm số mục để có địa chỉ mới.
upload-recorded = Mục { $code } { $state ->
        [dropped] không còn theo dõi
       *[other] đã ghi hoàn thành ngày { $date }
    }{ $has ->
        [yes] , { $document }
       *[no] {""}
    }{ $count ->
        [0] {""}
       *[other] , đã lưu { $count } tệp
    }.{ $same ->
        [yes] {""}
       *[no] {" "}Lần gửi này chưa ghi gì thêm. Cần bổ sung, đồng chí gửi tệp cho Trợ lý kèm chữ "nop { $code }".
    }
upload-empty = Đồng chí chưa chọn tệp, chưa ghi số, ngày văn bản.
upload-document = Số hoặc ngày văn bản chưa đúng. Ví dụ: số 45/TTr-SCT, ngày 27/4. Chưa ghi gì.
upload-busy = Hệ thống đang bận, chưa nhận được. Đồng chí bấm gửi lại.
upload-elsewhere = Yêu cầu đến từ một trang khác nên không được nhận.
upload-taken = { $count ->
        [0] Đã gửi.
       *[other] Đã gửi { $count } tệp.
    }
upload-refused = "{ $name }" chưa lưu được: { $kind ->
        [too_big] tệp lớn hơn 20 MB.
        [macro] tệp có macro. Đồng chí lưu lại dạng thường (.docx, .xlsx) hoặc PDF.
        [encrypted] tệp đặt mật khẩu. Đồng chí bỏ mật khẩu rồi gửi lại.
        [broken] tệp hỏng. Đồng chí mở thử, lưu lại rồi gửi.
        [empty] tệp rỗng.
        [program] đây là chương trình, không phải văn bản.
        [heic] ảnh dạng HEIC. Đồng chí chụp lại dạng JPG, hoặc gửi như ảnh.
        [unavailable] không tải được. Đồng chí gửi lại.
        [swollen] tệp nén bất thường.
       *[other] chỉ nhận PDF, Word, Excel, ảnh JPG, PNG.
    }

## Dấu MẬT, TỐI MẬT, TUYỆT MẬT

stamped-later = Có ảnh hoặc tệp mang dấu { $level }. Trợ lý không lưu, đã xóa phía hệ thống. Đề nghị đồng chí thu hồi tin đó và báo Văn phòng.
stamped-page = Tệp có dấu { $level }. Trợ lý không lưu tệp nào của lần gửi này và chưa ghi gì. Đề nghị đồng chí báo Văn phòng. Kết quả mục { $code } báo trực tiếp Văn phòng, không gửi qua đây.

files-none = Mục { $code } chưa có tệp nào.
files-withheld = Mục { $code } thuộc văn bản hạn chế: tệp không gửi qua đây, đề nghị xem tại Văn phòng.
files-sent = Tệp đã nộp của mục { $code }:{ $more ->
        [0] {""}
       *[other] {" "}{ $count } tệp mới nhất, còn { $more } tệp cũ hơn.
    }
help-report = nộp kết quả, tệp, ảnh: nop 3.5
help-files = xem tệp đã nộp: tep 3.5
label-report = Nộp kết quả
label-files = Xem tệp
