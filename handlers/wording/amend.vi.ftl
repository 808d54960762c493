### Đính chính, gửi lại, thay thế một thông báo đang theo dõi.

error-notice-replaced = Thông báo { $number } đã được thay bằng { $other }. Chưa ghi gì thêm.
error-nothing-corrected = { $number } không đổi gì trong TB { $other } đang theo dõi. Chưa ghi gì thêm.
error-still-there = Bản mới của { $number } không còn mục { $codes }. Chưa ghi gì; đề nghị quyết định từng mục đó.

amend-title-correction = { $number } đính chính TB { $other }
amend-title-again = { $number } gửi lại, khác bản đang theo dõi
amend-title-replacement = { $number } thay thế TB { $other }
amend-kept = Giữ nguyên { $count } mục.
amend-changed = Đổi { $count } mục:
amend-added = Thêm { $count } mục:
amend-missing = Bỏ { $count } mục:
amend-more = … và { $count } thay đổi khác, xem ở bản đối chiếu.
amend-line = { $code } { $title }
amend-line-kept = { $code } { $title } – giữ nguyên
amend-line-code = { $code } nay là mục { $new }
amend-line-due = { $code } { $was } → { $new }
amend-line-units = { $code } đơn vị: { $was } → { $new }
amend-line-kind-tracked = { $code } theo dõi đến khi xong
amend-line-kind-standing = { $code } là việc chung, thường xuyên
amend-line-kind-untracked = { $code } không theo dõi
amend-line-product = { $has ->
        [yes] { $code } sản phẩm: { $new }
       *[no] { $code } không còn yêu cầu sản phẩm
    }
amend-line-text = { $code } "{ $was }" → "{ $new }"
amend-line-text-withheld = { $code } sửa nội dung (văn bản hạn chế, xem bản giấy)
amend-line-omitted = { $code } bỏ "{ $was }"
amend-line-inserted = { $code } thêm "{ $new }"
amend-line-added = { $code } { $title } – { $units } – { $due }
amend-unplaced = Chưa tìm thấy trong thông báo: "{ $words }". Sửa bằng tay, ví dụ: sua 3.4 noi dung …
amend-nothing-read = Chưa đọc được chỗ đính chính. Sửa bằng tay, ví dụ: sua 3.4 han 15/5
amend-only-words = Không đổi việc, hạn, đơn vị.
amend-results-kept = Kết quả đã ghi được giữ.
amend-old-codes = Kết quả đã ghi được giữ. Gõ { $number }/{ $code } vẫn hiểu.
amend-told-to = Sẽ báo: { $units }.
notice-button-compare = Xem đối chiếu
amend-ask-removed =
    { $code } { $title }
    { $standing }. Bản { $number } không còn mục này. Giữ hay bỏ?
amend-button-keep = Giữ { $code }
amend-button-drop = Bỏ { $code }
amend-kept-on = { $code } vẫn theo dõi.
amend-dropped = Đã ghi: thôi theo dõi { $code }, kết quả đã ghi vẫn lưu.
amend-done-correction = Đã đính chính theo CV { $number }.
amend-done-again = Đã ghi các thay đổi của TB { $number }.
amend-done-replacement = TB { $number } đã vào theo dõi, thay thông báo cũ.
amend-approved-correction = Chánh Văn phòng đã duyệt đính chính { $number }.
amend-approved-again = Chánh Văn phòng đã duyệt các thay đổi của TB { $number }.
amend-approved-replacement = Chánh Văn phòng đã duyệt TB { $number } thay thông báo cũ.
amend-told-only-words = Việc, hạn, đơn vị không đổi.
amend-told-added = Thêm: { $line }
amend-told-missing = Bỏ: { $code } { $title }
amend-told-codes = Gõ { $number }/{ $code } vẫn hiểu.
error-which-task-moved = Số mục này đã đổi khi thông báo được thay. Đồng chí nói mục nào?
