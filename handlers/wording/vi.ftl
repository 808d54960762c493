### Mọi câu Trợ lý nói, tiếng Việt. Mỗi dòng đọc được trên màn hình 360 điểm.

## Việc phòng báo

done-recorded =
    Đã ghi { $code }{ $role ->
        [cooperating] {" "}(phần phối hợp)
        [implementing] {" "}(phần thực hiện)
       *[lead] {""}
    } { $awaits ->
        [yes] báo xong, chờ xác nhận. Ngày tính
       *[no] hoàn thành ngày
    } { $date }{ $standing ->
        [on-time] , đúng hạn ({ $due })
        [late] , { $days ->
            [0] quá giờ
           *[other] quá hạn { $days } ngày
        } ({ $due })
       *[none] {""}
    }.{ $has ->
        [yes] {" "}Sản phẩm: { $document } ngày { $dated }.
       *[no] {""}
    }{ $earlier ->
        [yes] {" "}Ngày { $day } chỉ tính khi có số văn bản.
       *[no] {""}
    }{ $mended ->
        [yes] {" "}Đã bổ sung kịp, tính theo ngày phòng báo lần đầu.
       *[no] {""}
    }
    { undo-hint }
undo-hint = Nhầm: gõ "hoan tac" trong 10 phút.
undo-hint-all = Nhầm: gõ "hoan tac" trong 10 phút, rút cả tin vừa ghi.
done-several = Đã ghi hoàn thành: { $codes }{ $many ->
        [yes] {" "}({ $count } mục).
       *[no] .
    }
    { $count ->
        [1] { undo-hint }
       *[other] { undo-hint-all }
    }
done-none = Chưa ghi mục nào đã hoàn thành.
document-asked-short = { $codes }: cho số, ngày văn bản, ví dụ: 45 27/4
document-asked =
    Mục { $code } có sản phẩm: { $product }.
    Cho số, ngày văn bản, ví dụ: 45 27/4
document-asked-guessed =
    Mục { $code } đã trình UBND tỉnh, đúng không?
    Cho số, ngày văn bản, ví dụ: 45 27/4
document-whose = Văn bản { $document }{ $dated ->
        [yes] {" "}ngày { $date }
       *[no] {""}
    } là kết quả của mục nào?
choice-part = { $code } { $title }
agree-nothing = Không có gì đang chờ ý kiến của đồng chí. Chưa ghi gì.
instead-told = { $by } ghi thay đơn vị đồng chí: { $code } { $title } – { $state }. Chưa đúng thì báo Văn phòng.
choice-instead = Ghi thay { $unit }: { $what }
choice-urge = Đôn đốc { $unit }
choice-none-done = Chưa xong mục nào
choice-none-done-short = Không phải mục nào
choice-none = Không mục nào
button-undo = Hoàn tác
button-number-later = Chưa có số, báo sau
button-not-this = Không phải mục { $code }
present-recorded = Đã ghi { $code }: phòng trình Lãnh đạo ngày { $date }{ $late ->
        [yes] , sau hạn ({ $due })
       *[no] {""}
    }.
present-then = Trợ lý thôi nhắc phòng, chờ số văn bản.
reported-recorded = Đã ghi { $code }: phòng báo đã làm xong, chờ số văn bản. Chưa tính hoàn thành.
progress-recorded = Đã ghi tiến độ { $code }: "{ $words }". Chưa tính hoàn thành.{ $dated ->
        [yes] {" "}Hạn { $due }.
       *[no] {""}
    }
progress-percent = Đã ghi { $code }: { $percent } %. Chưa tính hoàn thành.{ $dated ->
        [yes] {" "}Hạn { $due }.
       *[no] {""}
    }
blocked-recorded = Đã ghi { $code }: vướng{ $quoted ->
        [yes] {" "}"{ $words }"
       *[no] {""}
    }{ $dated ->
        [yes] , phòng dự kiến xong { $expected }
       *[no] {""}
    }.{ $has ->
        [yes] {" "}Hạn vẫn { $due }.
       *[no] {""}
    }
blocked-why = Vướng gì, dự kiến xong ngày nào? Ví dụ: cho so lieu, 10/7
acknowledge-recorded =
    { $unit } đã tiếp nhận lúc { $time }, { $date }.
    Chưa ghi hoàn thành mục nào.
acknowledge-heard = Trợ lý đã nhận. Chưa ghi hoàn thành mục nào.
undo-done = Đã hoàn tác.
undo-part = { $code } trở lại: { $state }.
undo-parts = { $codes } trở lại: { $state } ({ $count } mục).
undo-done-many = Đã hoàn tác cả tin vừa ghi, { $count } mục.
undo-extend = Đã rút đề nghị gia hạn { $code }.
undo-propose = Đã rút kiến nghị { $code }.
undo-opinion = Đã rút ý kiến về { $code }.
undo-request = Đã rút đề nghị phối hợp { $code }.
undo-told =
    { $has ->
        [yes] Đính chính: { $by } đã hoàn tác việc vừa báo đồng chí về mục { $codes }.
       *[no] Đính chính: { $by } đã hoàn tác việc vừa báo đồng chí.
    }
    Tin trước không còn hiệu lực.

## Trạng thái

state-assigned = Đã giao
state-acknowledged = Đã tiếp nhận
state-in_progress = Đang thực hiện
state-blocked = Đang vướng
state-presented = Đã trình, chờ ký
state-reported = Đã báo, chờ số văn bản
state-submitted = Chờ xác nhận
state-done = Đã hoàn thành
state-returned = Đề nghị bổ sung
state-paused = Tạm dừng
state-dropped = Thôi theo dõi

standing-assigned = { $unit }: đã giao, chưa báo tình hình.{ $late ->
        [0] {""}
       *[other] {" "}Quá hạn { $late } ngày.
    }
standing-acknowledged = { $unit }: đã tiếp nhận, chưa báo tình hình.{ $late ->
        [0] {""}
       *[other] {" "}Quá hạn { $late } ngày.
    }
standing-in_progress = { $unit }: đang thực hiện{ $percent ->
        [-1] {""}
       *[other] , { $percent } %
    }{ $quoted ->
        [yes] , "{ $words }"
       *[no] {""}
    }.{ $late ->
        [0] {""}
       *[other] {" "}Quá hạn { $late } ngày.
    }
standing-blocked = { $unit }: đang vướng{ $quoted ->
        [yes] {" "}"{ $words }"
       *[no] {""}
    }{ $dated ->
        [yes] , dự kiến xong { $expected }
       *[no] {""}
    }.{ $late ->
        [0] {""}
       *[other] {" "}Quá hạn { $late } ngày.
    }
standing-presented = { $unit }: đã trình ngày { $presented }, chờ ký.
standing-reported = { $unit }: báo đã xong, chờ số văn bản.{ $late ->
        [0] {""}
       *[other] {" "}Quá hạn { $late } ngày.
    }
standing-submitted = { $unit }: đã báo xong ngày { $done }, chờ xác nhận.
standing-done = { $unit }: hoàn thành ngày { $done }, { $late ->
        [0] đúng hạn
       *[other] quá hạn { $late } ngày
    }{ $has ->
        [yes] {" "}({ $document })
       *[no] {""}
    }.
standing-returned = { $unit }: đề nghị bổ sung{ $lacks ->
        [yes] {" "}"{ $missing }", trước { $mend }
       *[no] {""}
    }.
standing-paused = { $unit }: tạm dừng.
standing-dropped = { $unit }: thôi theo dõi.

## Danh sách việc

tasks-title = { $unit } – việc đang mở: { $count }
tasks-none = { $unit } không có việc nào đang mở.
tasks-none-soon = Không có việc nào quá hạn hay đến hạn trong 3 ngày tới. Đang mở { $count }, xem hết thì gõ: viec
tasks-not-yours = Đồng chí không trực tiếp phụ trách mục nào. Xem chung thì gõ: tong hop
tasks-line = { $code } { $title } – { $dated ->
        [yes] { $due }
       *[no] không thời hạn
    }{ $late ->
        [0] {""}
       *[other] , quá hạn { $late } ngày
    }{ $shown ->
        [yes] . { $state }
       *[no] {""}
    }
tasks-cooperating = Phối hợp: { $codes }
tasks-standing = Việc chung: { $codes }
tasks-basis = {"*"} hạn theo { $basis }
page = Trang { $number }/{ $count }
page-more = Trang { $number }/{ $count }. Xem tiếp: { $typed } trang { $next }
button-next-page = Xem tiếp
typed-help = tro giup
typed-tasks = viec
typed-overdue = qua han
typed-due = sap den han
task-lead = Chủ trì: { $units }
task-implementing = Thực hiện: { $units }
task-cooperating = Phối hợp: { $units }
task-standing = Việc chung, thường xuyên.
task-due = { $dated ->
        [yes] Hạn: { $due }
       *[no] Không thời hạn
    }
task-product = Sản phẩm: { $product }

## Lãnh đạo hỏi

weekday-0 = thứ Hai
weekday-1 = thứ Ba
weekday-2 = thứ Tư
weekday-3 = thứ Năm
weekday-4 = thứ Sáu
weekday-5 = thứ Bảy
weekday-6 = Chủ nhật

overdue-title = Quá hạn đến { $time } { $weekday } { $date }
overdue-none = Không có nhiệm vụ nào quá hạn.
overdue-count = { $count } nhiệm vụ quá hạn.
sums-total = Tổng { $total } nhiệm vụ.
sums-done = Hoàn thành { $done }/{ $total } (đúng hạn { $on_time }, trễ { $late })
sums-open = Chưa xong { $open }: trong hạn { $in_time }, quá hạn { $overdue }
sums-apart = Trong đó: { $list }
sums-no-deadline = { $count } không thời hạn
sums-presented = { $count } đã trình chờ ký
sums-reported = { $count } chờ số văn bản
sums-submitted = { $count } chờ xác nhận
waiting-title = Chờ Lãnh đạo ký:
waiting-line = { $code } { $title } – { $unit } trình { $date }
late-group = Quá hạn { $days } ngày ({ $working } ngày làm việc), hạn hết { $due }:
late-line = { $code } { $title } – { $unit }: { $quoted ->
        [yes] "{ $words }"
        [state] { $state }
       *[no] chưa báo lý do
    }{ $dated ->
        [yes] , dự kiến xong { $expected }
       *[no] {""}
    }
due-title = Đến hạn trong { $days } ngày (đến { $date })
due-none = Không có nhiệm vụ nào đến hạn.
due-line = { $code } { $title } – { $unit }, hết { $due }. { $state }
summary-title = { $name } đến { $time } { $weekday } { $date }
summary-more = Còn { $count } mục quá hạn nữa, xem: qua han
summary-all = Tất cả thông báo
agency-heading = { $agency }:
task-below = { $agency }: { $code } – TB { $number }
summary-unit = { $unit }: { $total } việc, xong { $done }, trong hạn { $open }, quá hạn { $overdue }
summary-no-unit = Việc chung

## Tin nhắc buổi sáng

digest-title = { $unit } – { $weekday } { $date }
digest-overdue = Đã qua hạn, chưa ghi hoàn thành:
digest-today = Đến hạn hôm nay:
digest-soon = Sắp đến hạn:
digest-line = { $code } { $title } – { $due }{ $shown ->
        [yes] . { $state }
       *[no] {""}
    }
digest-line-late = { $code } { $title } – { $due }, quá { $days } ngày{ $shown ->
        [yes] . { $state }
       *[no] {""}
    }
digest-last-day = , hôm nay là ngày làm việc cuối
digest-more = Và { $count } mục nữa, xem: viec
digest-how-one = Xong thì gõ: xong { $code }
digest-how = Xong mục nào gõ "xong" và số mục, ví dụ: xong { $code }
digest-how-late =
    Cho biết tình hình, gõ một trong các câu:
    xong { $code }{ $document }
    { $code } trinh gd
    { $code } vuong cho so lieu, 10/7
    gia han { $code } 10/7
digest-paper = Nếu văn bản đã ký trước hạn, hạn tính theo ngày văn bản.
button-done = { $code } đã xong
button-present = { $code } đã trình, chờ ký
button-blocked = { $code } đang vướng

## Người lạ, liên kết

stranger = Tài khoản này chưa được liên kết. Đề nghị liên hệ Văn phòng cơ quan để nhận mã, rồi gửi mã vào đây.
stranger-is-it-you = Đồng chí là { $title }, { $agency }?
button-yes = Đúng
button-no = Không phải
stranger-not-you = Đã bỏ mã này, chưa liên kết. Đề nghị báo Văn phòng cơ quan để nhận mã khác.
stranger-linked =
    Đã liên kết: { $title }. Trợ lý chỉ nhắc việc trong thông báo kết luận, mỗi ngày làm việc nhiều nhất một tin nhắc.
    Không gửi văn bản mật, dự thảo chưa ký vào đây.
    Thử gõ: viec
linked-elsewhere = Một tài khoản khác vừa được liên kết với đồng chí ({ $title }). Nếu không phải của đồng chí, đề nghị báo ngay Văn phòng.
linked-already = Tài khoản này đã liên kết: { $title }. Thử gõ: viec
invite-made =
    # Mã mời: { $title }
    { $code }
    Dùng một lần, trong { $days } ngày. Chuyển riêng cho đồng chí ấy để nhắn mã này cho Trợ lý.
invite-link = Hoặc mở: { $link }
invite-who = Mời ai? Ví dụ: moi QLTM
choice-person = { $title } ({ $unit })

## Tệp, ảnh, tin thoại

media-voice = Trợ lý chưa nghe được tin thoại, chưa ghi gì. Đồng chí nhắn chữ, ví dụ: xong 3.5. Gấp thì gọi Văn phòng.
media-voice-which =
    Trợ lý chưa nghe được tin thoại, chưa ghi gì. Đồng chí báo mục nào?
    Hoặc nhắn "vuong", "gia han", "xong" kèm số mục, ví dụ: xong { $code }. Gấp thì gọi Văn phòng.
media-voice-about =
    Trợ lý chưa nghe được tin thoại, chưa ghi gì. Đồng chí báo gì về mục { $code }?
    Hoặc nhắn chữ kèm số mục. Gấp thì gọi Văn phòng.
media-other = Trợ lý chưa đọc được nội dung này, chưa ghi gì. Đồng chí nhắn chữ, ví dụ: xong 3.5
media-photo = Trợ lý chưa đọc được ảnh, chưa ghi gì. Đồng chí gõ số, ngày văn bản, ví dụ: 45 27/4
media-file-unit = Trợ lý chưa ghi gì từ tệp này. Đồng chí gõ số mục và số, ngày văn bản, ví dụ: xong 3.5 45 27/4
pleasantry = { $kind ->
        [thanks] Vâng, không có gì. Cần thì gõ: viec, tro giup
       *[hello] Trợ lý nghe đây. Xem việc thì gõ: viec. Trợ lý làm được gì: tro giup
    }
