### Đưa một thông báo vào theo dõi: đọc, soạn, trình, xin ý kiến về hạn, duyệt.

label-edit = Sửa mục
label-consult = Xin ý kiến Giám đốc
label-approve = Đưa vào theo dõi
label-agree = Đồng ý
label-refuse = Không đồng ý
help-edit = sửa bản soạn, hoặc hạn, nội dung mục đang theo dõi: sua 3.2 han 15/6
help-consult = xin ý kiến Giám đốc về hạn: xin y kien gd
help-approve = duyệt thông báo: dua vao theo doi
help-agree = đồng ý với điều vừa hỏi: dong y
help-refuse = không đồng ý với điều vừa hỏi
error-unreadable-notice-no_number = Văn bản không có số hoặc ngày nên chưa đưa vào theo dõi được. Chưa ghi gì.
error-confidential-notice = Văn bản có dấu { $value } nên Trợ lý không nhận qua kênh này. Chưa ghi và không lưu gì. Đề nghị xử lý theo quy định về bảo vệ bí mật nhà nước.

## Tệp và nội dung dán

notice-file-received = Trợ lý đã nhận tệp { $name }, đang đọc.
notice-photo-received = Trợ lý đã nhận ảnh, đang đọc như một thông báo (khoảng nửa phút một trang). Nếu ảnh là kết quả thì gõ số mục và số, ngày văn bản, ví dụ: xong 3.5 45 27/4
notice-pasted-name = nội dung dán
notice-paste-part =
    Đã nhận phần { $number } ({ $count } chữ cái). Còn thì dán tiếp phần sau.
    Đủ rồi thì gõ: du
notice-paste-reading = Đã nhận đủ { $count } ký tự, Trợ lý đang đọc.
notice-paste-empty = Trợ lý chưa thấy chỉ đạo nào được đánh số trong nội dung dán. Chưa ghi gì. Đề nghị dán lại từ dòng "Số:" đến "Nơi nhận", hoặc gửi tệp Word.
notice-paste-too-long = Nội dung dán quá dài, chưa ghi gì. Đề nghị gửi tệp Word hoặc tệp chữ.
notice-paste-nothing = Chưa có nội dung nào đang chờ đọc. Đề nghị gửi tệp hoặc dán thông báo vào đây.

## Bản đọc được

notice-draft-title = { $known ->
        [both] Thông báo { $number } ngày { $date }
        [number] Thông báo { $number }, chưa rõ ngày
        [date] Thông báo ngày { $date }, chưa rõ số
       *[none] Thông báo chưa rõ số, ngày
    }
notice-draft-counts = { $tasks } nhiệm vụ, { $units } đơn vị
notice-draft-replaced = Bản này thay bản đang soạn trước đó.
notice-draft-open = { $counted ->
        [both] Cần xin ý kiến: đơn vị { $units } mục, hạn { $dates } mục
        [units] Cần xin ý kiến: đơn vị { $units } mục
        [dates] Cần xin ý kiến: hạn { $dates } mục
       *[none] Cần xem lại trước khi theo dõi:
    }
notice-draft-restricted = Văn bản hạn chế: ở đây chỉ hiện số mục, đơn vị và hạn; nội dung xem bản giấy.
notice-open-doubts = đọc chưa chắc, đề nghị xem lại: { $codes }
notice-doubt-code = Chưa chắc về số mục, chỗ bắt đầu và kết thúc.
notice-doubt-units = Chưa chắc về đơn vị.
notice-doubt-deadline = Chưa chắc về thời hạn.
notice-doubt-scan = Đề nghị so với ảnh chụp dòng: “{ $line }”
notice-picture-name = dong-muc-{ $code }.png
notice-many-elsewhere = đơn vị hoặc hạn theo văn bản khác: { $codes }
notice-many-unknown = giao đơn vị danh sách chưa có: { $codes }
notice-many-unit = chưa rõ đơn vị: { $codes }
notice-many-outside = có đơn vị ngoài danh sách, không theo dõi phần này: { $codes }
notice-many-bad_date = ghi ngày không có trên lịch: { $codes }
notice-many-past_due = hạn trước ngày thông báo: { $codes }
notice-many-several_deadlines = ghi nhiều thời hạn: { $codes }
notice-many-relative_deadline = hạn tính theo việc khác: { $codes }
notice-many-year_inferred = hạn không ghi năm: { $codes }
notice-many-recipients = và { $count } nơi nhận khác chưa có trong danh sách đơn vị
notice-codes-more = { $codes } và { $count } mục khác
notice-part-doubt = Lưu ý: { $line }
notice-split-check = Xem lại từng việc, rồi gõ: trinh
notice-draft-clear = Các mục đều có đơn vị và thời hạn.
notice-open-undated = { $count } mục không ghi thời hạn
notice-open-elsewhere = { $code } { $what ->
        [both] hạn, đơn vị
        [unit] đơn vị
       *[date] hạn
    } theo văn bản khác ({ $documents })
notice-open-unit = { $code } chưa rõ đơn vị
notice-open-unknown-lead = { $code } giao "{ $units }", danh sách đơn vị chưa có
notice-open-outside = { $code } có "{ $units }", ngoài danh sách, không theo dõi phần này
notice-open-standing = { $codes } việc chung, không rõ sản phẩm
notice-open-recipient = Nơi nhận có "{ $name }", danh sách đơn vị chưa có
notice-open-no_number = Chưa đọc được số. Gõ: sua so 718/TB-SCT
notice-open-no_date = Chưa đọc được ngày. Gõ: sua ngay 04/4/2023
notice-warning-bad_date = { $code } ghi ngày không có trên lịch: "{ $phrase }"
notice-warning-past_due = { $code } hạn trước ngày thông báo: "{ $phrase }"
notice-warning-several_deadlines = { $code } ghi nhiều thời hạn: "{ $phrase }"
notice-warning-relative_deadline = { $code } hạn tính theo việc khác: "{ $phrase }"
notice-warning-year_inferred = { $code } hạn không ghi năm: "{ $phrase }"
notice-button-items = Xem từng mục
notice-button-edit = Sửa
notice-button-edit-item = Sửa { $code }
notice-button-submit = Trình Chánh VP
notice-button-approve = Duyệt
notice-button-read = Đọc thông báo
notice-button-previous = Trước
notice-button-next = Tiếp

notice-page = Trang { $number }/{ $count }
notice-button-more = Xem tiếp
notice-items-title = { $count } mục đọc được
notice-item-line = { $kind ->
        [untracked] { $code } { $title } – { $units }
       *[other] { $code } { $title } – { $units } – { $due }
    }
notice-item-untracked = không theo dõi
notice-item-all = các đơn vị
notice-item-no-unit = chưa rõ đơn vị
notice-item-implementing = { $units } thực hiện
notice-item-cooperating = phối hợp { $units }
notice-item-standing = việc chung
notice-item-recurring = định kỳ ({ $phrase })
notice-item-suggested = đề xuất { $date } *
notice-item-undated = không thời hạn
notice-suggested-note = {"*"} ngày đề xuất, chưa tính là hạn
notice-basis = {"*"} hạn theo { $basis }
notice-item-title = { $code } { $title } ({ $number }/{ $count })
notice-part-lead = Chủ trì: { $units }
notice-part-implementing = Thực hiện: { $units }
notice-part-cooperating = Phối hợp: { $units }
notice-part-all = Đơn vị: các phòng, đơn vị
notice-part-none = Đơn vị: chưa rõ
notice-part-untracked = Không theo dõi{ $has ->
        [yes] : { $reason }
       *[no] {""}
    }
notice-part-standing = Việc chung, thường xuyên.
notice-part-due = Hạn: { $due }
notice-part-phrase = Thông báo ghi: "{ $phrase }"
notice-part-product = Sản phẩm: { $product }
notice-part-refers = Theo văn bản khác: { $documents }
notice-part-unknown = Ngoài danh sách đơn vị: { $units }

## Sửa bản soạn

notice-edit-locked = TB { $number } đã trình Chánh Văn phòng, chưa sửa gì. Cần sửa thì đề nghị Chánh Văn phòng trả lại bản soạn.
notice-edit-how =
    Gõ mục cần sửa, ví dụ:
    sua { $code } don vi QLTM
    sua { $code } phoi hop QLCN, QLNL
    sua { $code } han 15/6
    sua { $code } thuong xuyen
    sua { $code } khong theo doi ly do …
notice-edit-item-how =
    { $code } { $title }. Gõ điều cần sửa, ví dụ:
    han 15/6
    don vi QLTM, phoi hop QLCN
    san pham …
    khong theo doi ly do …
    tach, hoặc: gop { $code } va …
notice-edit-unit = { $code } "{ $words }". Chọn:
notice-choice-items = Gửi bảng nội dung để tách việc
notice-choice-split = Tách thành nhiều việc
notice-choice-coordinate = Cử một phòng tổng hợp tiến độ
notice-choice-lead = Giao một đơn vị chủ trì
notice-choice-untracked = Không theo dõi mục này
notice-choice-no-reason = Không ghi lý do
notice-which-coordinate = Cử phòng nào tổng hợp tiến độ { $code }?
notice-which-lead = Giao đơn vị nào chủ trì { $code }?
notice-ask-reason = Không theo dõi { $code } vì lý do gì? Nhắn một câu.
notice-ask-items =
    Gửi hoặc dán cả bảng (nội dung, đơn vị, thời hạn), hoặc gõ mỗi dòng một việc:
    { $next } QLNL: Kế hoạch …
    Tách hết thì gõ: xong
notice-split-more = Còn thì gõ tiếp. Tách hết { $code } thì gõ: xong
notice-reason-elsewhere = theo dõi tại { $documents }
notice-reason-split = đã tách thành các việc riêng
notice-set-coordinate = { $has ->
        [yes] Đã ghi { $code }: { $units } tổng hợp tiến độ; đơn vị chủ trì vẫn theo { $sources }.
       *[no] Đã ghi { $code }: { $units } tổng hợp tiến độ.
    }
notice-set-lead = Đã ghi { $code }: { $units } chủ trì.
notice-set-implementing = { $has ->
        [yes] Đã ghi { $code }: { $units } thực hiện.
       *[no] Đã ghi { $code }: không có đơn vị thực hiện riêng.
    }
notice-set-cooperating = { $has ->
        [yes] Đã ghi { $code }: phối hợp { $units }.
       *[no] Đã ghi { $code }: không có đơn vị phối hợp.
    }
notice-set-due = Đã ghi { $code }: hạn { $due }.
notice-set-suggested = { $chief ->
        [yes] Ngày này mới là đề xuất. Để tính là hạn, ghi căn cứ, ví dụ: sua { $code } han theo y kien GD
       *[no] Ngày này là đề xuất, tính là hạn khi Giám đốc cho ý kiến.
    }
notice-set-no_due = Đã ghi { $code }: không đặt hạn.
notice-set-standing = Đã ghi { $code }: việc chung, thường xuyên.
notice-set-tracked = Đã ghi { $code }: theo dõi đến khi xong.
notice-set-untracked = Đã ghi { $code }: không theo dõi. Lý do: { $reason }.
notice-set-product = { $has ->
        [yes] Đã ghi { $code }: sản phẩm { $product }.
       *[no] Đã ghi { $code }: không có sản phẩm.
    }
notice-set-title = Đã ghi { $code }: tên gọi { $title }.
notice-set-text = Đã ghi { $code }: nội dung mới.
notice-set-split = Đã thêm { $code } { $title }: { $units } chủ trì.
notice-merge-how = Gõ các mục cần gộp, ví dụ: gop 3.2.1 va 3.2.2
notice-set-merged = Đã gộp { $codes } vào { $code }. Nhầm thì gõ: hoan tac
notice-split-table = Đã tách { $code } thành { $count } việc:
notice-edit-undone = { $subject } trở lại như trước khi sửa.
label-merge = Gộp mục
label-split = Tách mục
help-merge = gộp mục của bản soạn: gop 3.2.1 va 3.2.2
help-split = tách mục của bản soạn: tach 3.2
notice-set-number = Đã ghi số { $number }{ $dated ->
        [no] , chưa rõ ngày
       *[yes] {""}
    }.
notice-dates-accepted = Đã ghi hạn theo { $basis }: { $codes }.
notice-still-units = Chưa có đơn vị: { $codes }.
notice-still-nothing = Các mục đã có đơn vị. Xong thì gõ: trinh

## Trình, duyệt, trả lại

notice-submitted = { $reached ->
        [yes] Đã chuyển Chánh Văn phòng duyệt.
       *[no] Đã ghi là trình duyệt, nhưng Chánh Văn phòng chưa liên kết tài khoản. Đề nghị báo trực tiếp.
    }
    Chưa gửi tin cho đơn vị nào.
notice-submitted-before = TB { $number } đã trình Chánh Văn phòng, đang chờ duyệt.
notice-chief = { $own ->
        [yes] Duyệt { $name }?
       *[no] { $name } chờ đồng chí duyệt.
    }
notice-chief-new = TB { $number }
notice-chief-undated = { $count } mục chưa có hạn.
notice-chief-proposed = Đề xuất { $date } cho { $codes }.
notice-chief-standing = Thường xuyên: { $codes }.
notice-button-consult = Xin ý kiến Giám đốc
notice-button-follow = Đưa vào theo dõi
notice-button-follow-undated = Chưa đặt hạn, đưa vào theo dõi
notice-button-return = Trả lại
notice-ask-return = Trả lại TB { $number }: cần sửa gì? Nhắn một câu, Trợ lý chuyển cho chuyên viên.
notice-returned = Chánh Văn phòng trả lại bản soạn TB { $number }{ $has ->
        [yes] : "{ $words }"
       *[no] {""}
    }. Sửa xong thì gõ: trinh
notice-return-sent = { $reached ->
        [yes] Đã trả lại bản soạn TB { $number } cho chuyên viên.
       *[no] Đã trả lại bản soạn TB { $number }. Chuyên viên chưa liên kết tài khoản, đề nghị báo trực tiếp.
    }
notice-replaced-told = Chuyên viên đã gửi lại TB { $number }. Bản trình đồng chí trước đây được thay, chờ trình lại.

## Xin ý kiến về hạn

notice-consult-sent = Đã báo cáo Giám đốc { $count } mục chưa có hạn. Có ý kiến Trợ lý báo đồng chí ngay.
notice-consult-nothing = TB { $number } không có ngày đề xuất nào cần xin ý kiến.
notice-consult-unreached = Giám đốc chưa liên kết tài khoản, chưa gửi được. Xin ý kiến trực tiếp rồi gõ: sua han theo y kien GD
notice-leader = Báo cáo đồng chí: kết luận { $number } có { $count } mục chưa ghi thời hạn.
notice-leader-proposed = Văn phòng đề xuất { $date }{ $period ->
        [year] {" "}(hết năm { $which })
        [quarter] {" "}(hết quý { $which })
        [month] {" "}(hết tháng { $which })
       *[none] {""}
    }{ $several ->
        [yes] {" "}cho { $codes }
       *[no] {""}
    }.
notice-button-agree = Đồng ý
notice-button-no-dates = Không đặt hạn
notice-opinion-recorded = Đã ghi theo ý kiến đồng chí:
notice-opinion-unclear =
    Trợ lý chưa hiểu hết, chưa ghi gì. Đồng chí trả lời, ví dụ:
    dong y
    dong y, rieng 3.7 trong thang 5
    khong dat han
notice-opinion-not-dated = { $kind ->
        [tracked] { $code } chưa có đơn vị nên chưa đặt hạn. Chưa ghi gì.
       *[other] { $code } là việc chung, không đặt hạn. Chưa ghi gì.
    }
notice-opinion-past = Ngày { $date } đã qua, chưa ghi gì. Đề nghị đồng chí cho ngày khác.
notice-opinion-closed = Không còn mục nào chờ đồng chí cho ý kiến về hạn. Chưa ghi gì thêm.
notice-opinion-rest = Còn { $count } mục, đồng chí cho ý kiến:
notice-opinion-given = { $title } đã cho ý kiến về hạn TB { $number }:
notice-opinion-partly = { $title } đã cho ý kiến một phần về hạn TB { $number }:
notice-opinion-late = { $title } cho ý kiến về hạn TB { $number } đang theo dõi, đã ghi và báo đơn vị:
notice-decided = { $codes } hạn { $date }
notice-decided-none = { $codes } không đặt hạn
notice-decided-rest = { $rest ->
        [yes] { $count } mục còn lại hạn { $date }
       *[no] { $count } mục hạn { $date }
    }
notice-decided-rest-none = { $rest ->
        [yes] { $count } mục còn lại không đặt hạn, hỏi trước mỗi kỳ giao ban
       *[no] { $count } mục không đặt hạn, hỏi trước mỗi kỳ giao ban
    }
notice-dates-told = { $title } cho ý kiến về hạn (TB { $number }):

## Đã vào theo dõi

notice-not-yet = Chưa đưa vào theo dõi được:
notice-not-yet-units =
    TB { $number } chưa đưa vào theo dõi được: { $codes } chưa có đơn vị.
    Gõ: sua { $first } don vi QLTM
    hoặc: sua { $first } khong theo doi ly do …
notice-followed = Đã đưa TB { $number } vào theo dõi.
notice-approved = Chánh Văn phòng đã duyệt TB { $number }, đã đưa vào theo dõi.
notice-telling = Đang gửi tin cho trưởng { $count } đơn vị, kết quả báo sau ít phút.
notice-followed-undated = { $count } mục chưa đặt hạn, hỏi trước mỗi kỳ giao ban, không tính quá hạn.
notice-button-follow-up = Xem tổng hợp

## Tin đầu tiên cho trưởng đơn vị

notice-first-title = { $unit } – Thông báo { $number }
notice-first-lead = Chủ trì, tham mưu:
notice-first-implementing = Thực hiện:
notice-first-cooperating = Phối hợp: { $codes }
notice-first-with = { $code } ({ $units } chủ trì)
notice-first-standing = Việc chung: { $codes }
notice-first-line = { $code } { $title } – { $dated ->
        [yes] { $due }
       *[no] không thời hạn
    }
notice-first-by = ({ $units } thực hiện)
notice-first-led = ({ $units } chủ trì)
notice-button-received = Đã tiếp nhận
notice-button-objection = Có ý kiến
