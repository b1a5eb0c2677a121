# Pictures, documents, sound and film of a press release: on its page, and in the editor.
# $number (String) - a number with its decimals
media-kilobytes = { $number } kB
# $number (String) - a number with its decimals
media-megabytes = { $number } MB
# $count (Number) - how many pages a document has
media-pages = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}
# $count (Number) - how many pictures
media-pictures = { $count ->
    [one] Picture
   *[other] Pictures ({ $count })
}
# $count (Number) - how many films and sound recordings
media-films = { $count ->
    [one] Sound and video
   *[other] Sound and video ({ $count })
}
# $count (Number) - how many documents
media-documents = { $count ->
    [one] Document
   *[other] Documents ({ $count })
}
# $facts (String) - format, size in pixels, size of the file
media-download = Download ({ $facts })
# $host (String) - the name of another site
media-on-host = on { $host }
media-other-site = This link leads to another site. Nothing is loaded from there before you follow it.
media-preparing = This file is being prepared and will appear here shortly.
media-unusable = This file cannot be used
# $name (String) - the name of a file
media-up = Move up: { $name }
# $name (String) - the name of a file
media-down = Move down: { $name }
media-remove = Take out
media-lead = Lead picture
media-decorative = Decorative: screen readers skip it
# $language (String) - the name of a language
media-alt = Alt text, { $language }
# $language (String) - the name of a language
media-title = Title, { $language }
# $language (String) - the name of a language
media-caption = Caption, { $language }
media-credit = Credit
media-choose = Add files
# $size (Number) - megabytes
media-choose-hint = Photos (JPEG, PNG, GIF, WebP, TIFF), documents (PDF, Word, Excel, PowerPoint, OpenDocument), audio (MP3, M4A, OGG), video (MP4, WebM); up to { $size } MB each.
media-link = Or link to a video on YouTube, Vimeo, Dailymotion…
media-upload = Add
media-drop = Drop your files here, or choose them
# $name (String) - the name of a file
media-going = Uploading { $name }. You can go on writing.
# $name (String) - the name of a file
media-uploaded = { $name } has been uploaded
media-line-dropped = The connection was lost. The upload goes on from where it was.
media-pause = Pause
media-again = Resume
media-some-refused = Some files were not accepted
# $count (Number) - how many files were stored
media-others-taken = { $count ->
    [0] No file was stored.
    [one] The other file was stored and is in the editor.
   *[other] The other { $count } files were stored and are in the editor.
}
media-back = Back to the editor
media-refused-empty = There is nothing in this file. Has it been copied completely?
# $size (Number) - megabytes
media-refused-too-large = This file is larger than { $size } MB. Make it smaller, or put a video on a video site and link to it.
media-refused-unknown-type = This kind of file is not accepted. Save it as JPEG, PNG, PDF, an office document, MP3 or MP4.
media-refused-svg = SVG drawings can contain programs and are not accepted. Save the drawing as PNG or PDF.
media-refused-heic = HEIC photos cannot be read everywhere. Save the photo as JPEG, or set the phone to “Most compatible”.
media-refused-broken = This file is damaged or incomplete. Open it on your computer, save it again and upload it anew.
# $size (Number) - millions of pixels
media-refused-too-many-pixels = This picture has more than { $size } million pixels, or takes too much memory. Make it smaller.
media-refused-bomb = This document would unpack to an impossible size. Save it again from the program it was made with.
media-refused-macros = This document contains macros. Save it without macros (as .docx, .xlsx or .pptx).
media-refused-infected = The server’s scanner found a virus in this file. It has not been stored; tell your IT department.
media-refused-quota = Your institution has used up its storage space. Ask your administrator for more.
media-refused-too-many = A press release takes no more than 200 files.
media-refused-unknown-host = This site is not among those we link videos to. Check the address.
media-refused-storage-full = The server’s storage is full. Your text is safe; tell your administrator and try again later.
media-refused-not-stored = The file could not be stored just now. Try again in a moment.
