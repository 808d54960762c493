### Nhầm thì làm gì

error-unknown-task = { $known ->
        [yes] TB { $notice } có mục { $first } đến { $last }, không có { $code }. Chưa ghi gì.
       *[no] Không có mục { $code }. Chưa ghi gì.
    }{ $has ->
        [yes] {" "}Phòng đang mở: { $own }.
       *[no] {""}
    }
error-unknown-notice = Cơ quan chưa theo dõi TB { $number }.{ $has ->
        [yes] {" "}Đang theo dõi: { $known }.
       *[no] {""}
    }
error-not-yours = { $code } giao { $units }, không phải { $own }. Chưa ghi gì.
error-which-notice = Có { $count ->
        [2] hai
       *[other] { $count }
    } mục { $code }. Đồng chí nói mục nào?
error-which-task = Đồng chí nói mục nào? Trả lời số:
error-which-task-done = Đồng chí báo xong mục nào? Trả lời số:
error-which-task-present = Đã trình mục nào? Trả lời số:
error-which-task-reported = Mục nào đang chờ số văn bản? Trả lời số:
error-which-task-blocked = Mục nào đang vướng? Trả lời số:
error-which-task-progress = Tiến độ của mục nào? Trả lời số:
error-which-task-task = Xem mục nào? Trả lời số:
error-which-task-task-notice = Có nhiều thông báo có mục này. Xem mục nào?
error-which-task-instead = Chưa ghi gì. Ý đồng chí là:
error-which-task-unit = Mục này có nhiều đơn vị chủ trì. Ghi cho đơn vị nào?
which-task-more = Còn { $count } mục nữa: gõ cả số mục, ví dụ: xong 3.5
error-nothing-open = Phòng không có mục nào đang mở. Chưa ghi gì.
error-already-closed = { $state ->
        [dropped] { $code } đã thôi theo dõi. Chưa ghi gì thêm.
       *[other] { $code } đã ghi hoàn thành ngày { $date }{ $has ->
            [yes] {" "}({ $document })
           *[no] {""}
        }. Chưa ghi gì thêm.
    }
error-never-done = { $value } là việc chung, thường xuyên, không báo xong. Ghi tình hình, ví dụ: { $value } dang trien khai
error-document-needed = { $value }: cho số, ngày văn bản, ví dụ: 45 27/4
error-date-in-future = Ngày { $date } chưa tới. Chưa ghi gì. Đề nghị kiểm tra ngày văn bản.
error-not-allowed = Đồng chí chưa được phân quyền dùng "{ $command }". Chưa ghi gì. Cần thì liên hệ Văn phòng.
error-unknown-command = { $near ->
        [yes] Trợ lý chưa hiểu, chưa ghi gì. Có phải đồng chí muốn:
       *[no] Trợ lý chưa hiểu, chưa ghi gì. Ví dụ: viec, xong 3.5, 3.5 vuong, tro giup
    }
error-nothing-to-undo = Không có việc nào ghi trong 10 phút qua để hoàn tác.
error-acted-upon = { $value } đã có người ghi tiếp sau đồng chí, không hoàn tác được. Cần sửa thì báo Văn phòng.
error-changed-meanwhile = { $value } vừa có người khác ghi. Chưa ghi gì. Đề nghị xem lại rồi nhắn lại: xem { $value }
error-unknown-unit = Không có đơn vị "{ $name }". Chưa ghi gì. Các đơn vị: { $known }.
error-unknown-person = Danh sách cán bộ không có "{ $value }".
error-bad-code = Mã không đúng, đã dùng hoặc hết hạn. Đề nghị kiểm tra lại hoặc xin Văn phòng mã khác.
error-too-many-codes = Sai mã nhiều lần. Đề nghị chờ { $count } phút rồi gửi lại.
error-no-date = Trợ lý chưa đọc được ngày trong "{ $value }". Ví dụ: 15/5
error-no-directives = Trợ lý chưa thấy mục nào được đánh số trong "{ $value }". Chưa ghi gì. Đề nghị gửi tệp khác hoặc dán nội dung.
error-already-followed = TB { $value } đã được đưa vào theo dõi. Chưa ghi gì thêm.
error-no-draft = Chưa có thông báo nào đang soạn. Đề nghị gửi tệp hoặc dán nội dung thông báo.
error-nothing-chosen = Số { $count } trả lời cho câu hỏi nào? Câu hỏi đã quá 30 phút hoặc chưa có. Ví dụ: xong 3.5
bot-about = Nhắc việc trong thông báo kết luận của cơ quan. Cần mã của Văn phòng để liên kết.

forwarded-left = Đây là tin chuyển tiếp, chưa ghi gì. Nếu đồng chí báo việc này, đề nghị tự gõ, ví dụ: xong 3.5
