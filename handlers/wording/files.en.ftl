### What can be wrong with a file somebody sends.

error-unreadable-notice-unsupported = I cannot read files like "{ $name }" yet. Please send Word, PDF, Excel or a photo, or paste the text here.
error-unreadable-notice-program = "{ $name }" is a program and no document, so I do not open it. Please send the document itself.
error-unreadable-notice-broken = The file "{ $name }" is damaged and cannot be opened. Please send it again or paste the text here.
error-unreadable-notice-too_big = The file "{ $name }" is too big. Please send one under 20 MB or paste the text here.
error-unreadable-notice-swollen = The file "{ $name }" has far too much packed into it, so I do not open it. Please send it as PDF or paste the text here.
error-unreadable-notice-too_many_pages = The file "{ $name }" is too long. I read up to 300 pages. Please send the notice's own pages.
error-unreadable-notice-too_many_scans = The file "{ $name }" has too many scanned pages. I read up to 40 pictures. Please send the notice's own pages, or Word.
error-unreadable-notice-huge_picture = The picture "{ $name }" is far too large, so I do not open it. Please take or scan it again in the usual size.
error-unreadable-notice-encrypted = The file "{ $name }" has a password. Please send a copy without one.
error-unreadable-notice-macro = The file "{ $name }" has macros, so I do not open it. Please save it as .docx and send it again.
error-unreadable-notice-entities = The file "{ $name }" has strange code in it, so I do not open it. Please open it in Word, save it and send it again.
error-unreadable-notice-strange_paths = The file "{ $name }" has strange paths in it, so I do not open it. Please open it in Word, save it and send it again.
error-unreadable-notice-empty = The file "{ $name }" holds no text I can read. Please paste the text here.
error-unreadable-notice-illegible = I cannot make out the letters in "{ $name }". Please photograph the whole page again, straight and in good light, or send Word or PDF.
error-unreadable-notice-slow = Reading "{ $name }" took too long, so I stopped. Please send the notice's own pages or paste the text here.
error-unreadable-notice-no_ocr = "{ $name }" is a scan or a photo, and this server has nothing installed to read pictures. Please send Word or PDF with text, or paste the text here.
error-unreadable-notice-no_doc = This server has nothing installed to read old files like "{ $name }". Please save it as .docx and send it again, or paste the text here.
error-unreadable-notice-odd_letters = "{ $name }" is in an encoding I do not know. Please convert it to Unicode and send it again.
error-unreadable-notice-heic = I cannot read HEIC photos like "{ $name }" yet. Please send a JPG (as a photo, not as a file).
error-unreadable-notice-unavailable = The file "{ $name }" could not be fetched. Please send it again.
