## Tin buổi sáng: tổng hợp, rà soát trước giao ban

morning-missed = Tin này gộp cả phần nhắc các ngày { $days } chưa gửi được.
morning-own = Phần việc { $unit }:
summary-name = Tổng hợp
summary-opening = { $leads ->
        [yes] Báo cáo đồng chí
       *[no] Văn phòng theo dõi
    }, { $scope ->
        [some] lĩnh vực { $units }
       *[all] toàn cơ quan
    }: { $late ->
        [0] không có mục quá hạn phải báo.
       *[other] quá hạn phải báo { $late } mục.
    }
summary-more-late = Và { $count } mục quá hạn nữa, xem: qua han
summary-others-late = Còn { $count } mục quá hạn khác, xem: qua han
summary-beside = Đơn vị cùng thực hiện:
waiting-yours = Chờ đồng chí ký:
morning-undecided-more = Và { $count } đề nghị nữa, xem: cho xac nhan
button-undecided = Xem, cho ý kiến
button-look = Xem { $code }
button-extend = { $code } xin gia hạn
digest-present = Sắp đến hạn trình nội bộ:
digest-present-by = , hạn trình { $date }
digest-forewarned = Sáng ngày làm việc tới, { $codes } có trong bản tổng hợp gửi { $to ->
        [deputy] Phó Giám đốc phụ trách
        [leader] Giám đốc
       *[office] Chánh Văn phòng
    }, kèm ý kiến của phòng.
review-title = Chuẩn bị giao ban { $date }
review-ask = Đề nghị cho tình hình trước 16:00 { $weekday } { $date }, mỗi mục một dòng:
review-line = { $code } { $title } { $kind ->
        [standing] (việc chung)
        [undated] (không thời hạn)
       *[dated] ({ $due })
    }
review-example = Ví dụ: { $code } dung tien do
review-table = Tình hình các đơn vị cho giao ban hôm nay:
review-table-line = { $code } { $title }{ $dated ->
        [yes] {" "}({ $due }{ $late ->
            [0] {""}
           *[other] , quá { $late } ngày
        })
       *[no] {""}
    }: { $quoted ->
        [yes] { $state }, "{ $words }"
       *[no] { $state }
    }
hourly-title = { $code } { $urgent ->
        [yes] hỏa tốc, hạn hôm nay
       *[no] đến hạn hôm nay
    }
hourly-line = { $title }, { $timed ->
        [yes] hạn { $time }.
       *[no] hạn trong hôm nay.
    }

label-ladder = Lịch nhắc
help-ladder = đổi ngày nhắc trước hạn, hỏa tốc: lich nhac 3.5 hoa toc hoặc lich nhac 3.5 truoc 10, 5, 2
ladder-all = mọi mục
ladder-days = Nhắc trưởng đơn vị trước hạn { $days } ngày làm việc, đúng hạn và khi quá hạn. Báo cấp phó ngày chậm thứ { $deputies }; Giám đốc thứ { $leader }.{ $urgent ->
        [yes] {" "}Hỏa tốc: ngày cuối nhắc thêm, kể cả giờ nghỉ.
       *[no] {""}
    }
ladder-shown = Lịch nhắc { $scope }: { $words }
    Đổi thì gõ, ví dụ:
    lich nhac { $code }truoc 10, 5, 2
    lich nhac { $code }cap pho 2, 5, 10
    lich nhac { $code }giam doc 5, 10, 15
    lich nhac { $code }hoa toc
    lich nhac { $code }binh thuong
ladder-set = Đã đặt lịch nhắc { $scope }. { $words }
ladder-how = Chưa đổi gì: số ngày từ 0 đến 60. Ví dụ: lich nhac { $code }truoc 10, 5, 2
ladder-how-above = Chưa đổi gì: cấp trên được báo từ ngày chậm thứ 2 đến thứ 15. Ví dụ:
    lich nhac { $code }cap pho 2, 5, 10
    lich nhac { $code }giam doc 5, 10, 15

label-snooze = Nhắc lại sau
help-snooze = dời lời nhắc, hạn không đổi: 3.6 nhac lai thu 5, nhac lai mai
button-snooze = { $code } mai nhắc lại
button-snooze-all = Mai nhắc lại
snooze-day = { $weekday } { $date }
snooze-recorded = { $codes }: Trợ lý nhắc lại sáng { $weekday } { $date }. Hạn không đổi.
snooze-before = { $code } vẫn nhắc { $date }: ngày hạn, ngày đầu quá hạn và ngày báo cấp trên không dời.
snooze-unasked = { $code }: Trợ lý đang không nhắc mục này, không có gì để dời.
snooze-nothing = Sáng nay Trợ lý không nhắc mục nào. Dời một mục thì gõ số mục, ví dụ: nhac lai 3.6 thu 5
snooze-when = Nhắc lại ngày nào? Ví dụ gõ: nhac lai 3.6 thu 5
snooze-far = Chưa dời gì: Trợ lý nhắc mỗi sáng làm việc một lần, đề nghị chọn từ ngày mai đến { $days } ngày tới.
snooze-all = Tất cả
error-which-task-snooze = Nhắc lại sau mục nào? Trả lời số:
digest-later = Muốn nhắc sau thì gõ, ví dụ: nhac lai { $code } mai
tick-line = { $settled ->
        [yes] ✓
       *[no] →
    } { $code } { $title } – { $state }
