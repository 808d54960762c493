### Những gì có thể không ổn với một tệp người dùng gửi tới.

error-unreadable-notice-unsupported = Trợ lý chưa đọc được loại tệp "{ $name }". Đề nghị gửi Word, PDF, Excel, ảnh hoặc dán nội dung vào đây.
error-unreadable-notice-program = "{ $name }" là chương trình, không phải văn bản, nên Trợ lý không mở. Đề nghị gửi tệp văn bản.
error-unreadable-notice-broken = Tệp "{ $name }" bị hỏng, không mở được. Đề nghị gửi lại hoặc dán nội dung vào đây.
error-unreadable-notice-too_big = Tệp "{ $name }" quá lớn. Đề nghị gửi tệp nhỏ hơn 20 MB hoặc dán nội dung vào đây.
error-unreadable-notice-swollen = Tệp "{ $name }" nén quá nhiều dữ liệu bên trong, Trợ lý không mở. Đề nghị gửi bản PDF hoặc dán nội dung vào đây.
error-unreadable-notice-too_many_pages = Tệp "{ $name }" quá dài. Trợ lý đọc được tối đa 300 trang. Đề nghị gửi riêng phần thông báo kết luận.
error-unreadable-notice-too_many_scans = Tệp "{ $name }" có quá nhiều trang quét. Trợ lý đọc được tối đa 40 trang ảnh. Đề nghị gửi riêng phần thông báo kết luận hoặc bản Word.
error-unreadable-notice-huge_picture = Ảnh "{ $name }" có kích thước quá lớn, Trợ lý không mở. Đề nghị chụp hoặc quét lại cỡ thường.
error-unreadable-notice-encrypted = Tệp "{ $name }" có mật khẩu. Đề nghị gửi bản không đặt mật khẩu.
error-unreadable-notice-macro = Tệp "{ $name }" có macro, Trợ lý không mở. Đề nghị lưu thành .docx rồi gửi lại.
error-unreadable-notice-entities = Tệp "{ $name }" có mã lạ bên trong, Trợ lý không mở. Đề nghị mở bằng Word, lưu lại rồi gửi.
error-unreadable-notice-strange_paths = Tệp "{ $name }" có đường dẫn lạ bên trong, Trợ lý không mở. Đề nghị mở bằng Word, lưu lại rồi gửi.
error-unreadable-notice-empty = Tệp "{ $name }" không có chữ nào Trợ lý đọc được. Đề nghị dán nội dung vào đây.
error-unreadable-notice-illegible = Trợ lý chưa nhìn rõ chữ trong "{ $name }". Đề nghị chụp lại thẳng, đủ sáng, trọn trang, hoặc gửi bản Word, PDF.
error-unreadable-notice-slow = Đọc tệp "{ $name }" quá lâu nên Trợ lý đã dừng. Đề nghị gửi riêng phần thông báo kết luận hoặc dán nội dung vào đây.
error-unreadable-notice-no_ocr = "{ $name }" là bản quét hoặc ảnh, máy chủ chưa cài phần đọc ảnh. Đề nghị gửi bản Word, PDF có chữ hoặc dán nội dung vào đây.
error-unreadable-notice-no_doc = Máy chủ chưa cài phần đọc tệp đời cũ như "{ $name }". Đề nghị lưu thành .docx rồi gửi lại, hoặc dán nội dung vào đây.
error-unreadable-notice-odd_letters = "{ $name }" dùng bảng mã Trợ lý chưa nhận ra. Đề nghị chuyển sang Unicode rồi gửi lại.
error-unreadable-notice-heic = Trợ lý chưa đọc được ảnh HEIC "{ $name }". Đề nghị gửi ảnh dạng JPG (gửi như ảnh, không gửi như tệp).
error-unreadable-notice-unavailable = Chưa tải được tệp "{ $name }". Đề nghị gửi lại.
