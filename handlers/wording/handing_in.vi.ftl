### Nộp kết quả: trong tin nhắn và từ trang /u/…

report-ask =
    Mục { $codes }: đồng chí gửi vào đây số, ngày văn bản (ví dụ: 45 27/4), tệp hoặc ảnh.
report-ask-page =
    Gửi tệp mục { $code } từ trình duyệt, trong 24 giờ:
    { $address }
report-taken = Đã nhận kết quả mục { $codes }{ $files ->
        [0] {""}
       *[other] , { $files } { $kind ->
            [photo] ảnh
           *[other] tệp
        }
    }. { $closed ->
        [yes] Lưu thêm vào kết quả đã ghi.
       *[no] Chưa tính hoàn thành.
    }
report-files = Kèm { $files } { $kind ->
        [photo] ảnh
       *[other] tệp
    }.
looking = Trợ lý đang xem { $kind ->
        [photo] ảnh
       *[other] tệp
    }.
report-whose = { $kind ->
        [photo] Ảnh này
       *[other] Tệp này
    } là kết quả của mục nào?
picture-read =
    Trong { $kind ->
        [photo] ảnh
       *[other] tệp
    }: số { $number } ngày { $date }?
    Là kết quả của mục nào?
picture-confirm =
    Trong { $kind ->
        [photo] ảnh
       *[other] tệp
    }: số { $number } ngày { $date }?
    Là kết quả mục { $codes }?
picture-unread =
    { $kind ->
        [photo] Ảnh
       *[other] Bản quét
    } mờ, Trợ lý không đọc được số văn bản. Đồng chí gõ số, ngày, ví dụ: 45 27/4
    Hoặc chọn mục:
picture-dim = { $kind ->
        [photo] Ảnh
       *[other] Bản quét
    } mờ, Trợ lý không đọc được số văn bản.
picture-misread = { $several ->
        [yes] Đồng chí gõ số mục và số, ngày đúng, ví dụ: 3.5 45 27/4
       *[no] Đồng chí gõ số, ngày đúng, ví dụ: 45 27/4
    }
picture-dropped = Đã xóa { $kind ->
        [photo] ảnh
       *[other] tệp
    }, chưa ghi gì.
button-read-right = Đúng, ghi mục { $code }
button-other-directive = Mục khác
button-misread = Số, ngày chưa đúng
button-drop-photo = Không ghi, xóa ảnh
button-drop-file = Không ghi, xóa tệp
label-misread = Số, ngày chưa đúng
help-misread = báo số, ngày Trợ lý đọc trong ảnh chưa đúng

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
        [encrypted] tệp đặt mật khẩu, Trợ lý không mở được. Đồng chí bỏ mật khẩu rồi gửi lại, hoặc chỉ gửi số, ngày văn bản.
        [huge_picture] ảnh có kích thước quá lớn. Đồng chí chụp lại cỡ thường.
        [slow] mở tệp quá lâu. Đồng chí tách thành tệp nhỏ hơn rồi gửi lại.
        [entities] tệp có mã lạ bên trong. Đồng chí mở bằng Word, lưu lại rồi gửi.
        [strange_paths] tệp có mã lạ bên trong. Đồng chí mở bằng Word, lưu lại rồi gửi.
        [broken] tệp hỏng. Đồng chí mở thử, lưu lại rồi gửi.
        [empty] tệp rỗng.
        [program] đây là chương trình, không phải văn bản.
        [heic] ảnh dạng HEIC. Đồng chí chụp lại dạng JPG, hoặc gửi như ảnh.
        [unavailable] không tải được. Đồng chí gửi lại.
        [swollen] tệp nén bất thường.
       *[other] chỉ nhận PDF, Word, Excel, ảnh JPG, PNG.
    }

## Dấu MẬT, TỐI MẬT, TUYỆT MẬT

stamped-chat = { $kind ->
        [photo] Ảnh
       *[other] Tệp
    } có dấu { $level }. Trợ lý không lưu, đã xóa { $kind ->
        [photo] ảnh
       *[other] tệp
    } phía hệ thống và chưa ghi gì. Đề nghị đồng chí thu hồi tin này và báo Văn phòng. Kết quả { $has ->
        [yes] mục { $codes }{" "}
       *[no] {""}
    }báo trực tiếp Văn phòng, không gửi qua đây.
stamped-later = Có ảnh hoặc tệp mang dấu { $level }. Trợ lý không lưu, đã xóa phía hệ thống. Đề nghị đồng chí thu hồi tin đó và báo Văn phòng.
stamped-page = Tệp có dấu { $level }. Trợ lý không lưu tệp nào của lần gửi này và chưa ghi gì. Đề nghị đồng chí báo Văn phòng. Kết quả mục { $code } báo trực tiếp Văn phòng, không gửi qua đây.

## Máy chủ chưa có phần đọc ảnh: người gửi tự soát dấu

vouch = Máy chủ chưa có phần đọc { $kind ->
        [photo] ảnh
       *[other] tệp này
    } nên Trợ lý không soát được dấu MẬT. { $kind ->
        [photo] Ảnh
       *[other] Tệp
    } không có dấu MẬT, TỐI MẬT, TUYỆT MẬT, đúng không?
button-unstamped = Không có dấu, nộp tiếp
button-stamped-photo = Có dấu, xóa ảnh
button-stamped-file = Có dấu, xóa tệp
upload-vouch = Máy chủ chưa có phần đọc ảnh nên không soát được dấu MẬT. Đồng chí xem lại, đánh dấu "Tệp không có dấu MẬT" rồi gửi. Chưa ghi gì.

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
