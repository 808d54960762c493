### Giao việc ngoài thông báo.

label-new = Giao việc
help-new = giao việc ngoài thông báo: viec moi QLTM, phoi hop VP: trinh ke hoach truoc 15/5
source-given = giao trực tiếp
new-how = Giao việc gì, cho đơn vị nào, hạn nào? Ví dụ: viec moi QLTM, phoi hop VP: trinh ke hoach truoc 15/5
new-title = Giao việc (chưa giao)
new-lead = Chủ trì: { $units }
new-cooperating = Phối hợp: { $units }
new-due = Hạn: { $due }
new-first-period = Kỳ đầu: { $date }{ $off ->
        [yes] {" "}(ngày nghỉ, nhắc hạn vào { $last })
       *[no] {""}
    }
new-product = Sản phẩm: { $product }
new-source = Căn cứ: { $number }{ $dated ->
        [yes] {" "}ngày { $date }
       *[no] {""}
    }
new-which-unit = Giao đơn vị nào chủ trì?
new-which-date = { $passed ->
        [yes] Ngày { $past } đã qua. Hạn đến ngày nào? Ví dụ: 15/5
       *[no] Hạn đến ngày nào? Ví dụ: 15/5, hàng tháng ngày 25
    }
new-button-give = Giao
new-button-undated = Không đặt hạn
new-button-unit = { $unit }
new-edit = Đề nghị gõ phần cần sửa (đơn vị QLCN; phối hợp VP; hạn 20/5; nội dung …), hoặc gõ lại cả câu.
new-gone = Không còn việc nào chờ giao. Ví dụ: viec moi QLTM: trinh ke hoach truoc 15/5
new-given = Đã giao { $code } { $title }: { $units }, hạn { $due }.{ $has ->
        [yes] {" "}Chưa liên kết tài khoản, đề nghị gọi: { $missed }.
       *[no] {""}
    }
new-told = { $by } giao đơn vị đồng chí chủ trì { $code }: { $text }{ $shared ->
        [yes] {""}
    Phối hợp: { $partners }
       *[no] {""}
    }{ $dated ->
        [yes] {""}
    Hạn: { $due }
       *[no] {""}
    }{ $paper ->
        [yes] {""}
    Căn cứ: { $source }
       *[no] {""}
    }
new-told-with = { $by } giao { $lead } chủ trì { $code }, đơn vị đồng chí phối hợp: { $text }{ $dated ->
        [yes] {""}
    Hạn: { $due }
       *[no] {""}
    }{ $paper ->
        [yes] {""}
    Căn cứ: { $source }
       *[no] {""}
    }
new-withdrawn = Đã rút { $code } { $title }, đơn vị liên quan được báo.
new-withdrawn-told = { $by } đã rút { $code } { $title }. Đồng chí không phải thực hiện việc này.
