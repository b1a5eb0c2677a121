# Archives and old addresses in the desk.
archive-redirects-title = Old addresses
archive-redirects-index = Where addresses of former sites lead
# $all (Number) - all of them
# $used (Number) - those asked for lately
archive-redirects-counts = { $all } old addresses; { $used } were asked for in the last 30 days.
archive-redirects-all = All addresses
archive-redirects-find = Part of an address
archive-redirects-find-button = Find
archive-redirects-none = No old address.
archive-redirects-more = Further addresses
# $hits (Number) - how often
# $on (String) - the day of the last
archive-redirects-used = { $hits ->
    [one] Asked for once, on { $on }
   *[other] Asked for { $hits } times, last on { $on }
}
archive-redirects-unused = Not asked for so far
# $name (String) - of the file
archive-redirects-file = the file “{ $name }”
archive-redirects-not-public = nowhere yet: it is not public
archive-redirects-test = Test an address
archive-redirects-test-address = Address of the former site
archive-redirects-test-button = Test
archive-redirects-test-none = It leads nowhere: who asks for it is told that there is no such page.
archive-redirects-new = One address more
archive-redirects-from = Old address
archive-redirects-from-hint = As /node/12, or whole with https://.
archive-redirects-to = Leads to
archive-redirects-to-hint = A page of this site. It follows a release wherever that moves.
archive-redirects-add = Add the address
archive-redirects-from-table = Many at once
archive-redirects-table = Table (CSV)
archive-redirects-table-hint = Two columns: old address, page of this site.
archive-redirects-add-all = Add all of them
# $count (Number) - how many
archive-redirects-added = { $count ->
    [one] { $count } address added.
   *[other] { $count } addresses added.
}
# $count (Number) - how many
archive-redirects-left = { $count ->
    [one] { $count } row was not taken:
   *[other] { $count } rows were not taken:
}
archive-redirects-wrong-address = This is no address: /… or https://….
archive-redirects-wrong-own = This is an address of this site itself.
archive-redirects-wrong-taken = This address leads somewhere already.
archive-redirects-wrong-target = No page of this site is at that address.
archive-redirects-wrong-loop = It would lead to itself.
archive-redirects-wrong-table = A table with two columns and at most 100,000 rows is needed.
archive-redirects-change = Save
archive-redirects-remove-summary = Take this address away…
archive-redirects-remove-what = Links to it will no longer work.
archive-redirects-remove = Take away
archive-imports-title = Archives
archive-imports-index = Bring in the releases of a former site, accept or undo
archive-imports-new = Bring in an archive
archive-imports-none = No archive was brought in yet.
archive-imports-by-command = by command
archive-imports-what = First its file is looked into, then a dry run says what would become of every item, file and address. Nothing is written before you say so, nothing is mailed, and the whole can be undone.
archive-imports-from-folder = From the server
# $folder (String) - on the server
archive-imports-folder-empty = No file to import lies in { $folder }.
archive-imports-file = File
archive-imports-begin = Look into it
archive-imports-from-upload = From your computer
archive-imports-upload = File
archive-imports-upload-hint = A dump of Drupal 6 (.sql), an export of WordPress (.xml) or JSONL; also as .gz or .zst.
archive-imports-send = Send and look into it
archive-imports-files = Folder with the files of the former site
archive-imports-files-hint = On the server; pictures and documents are taken from there.
archive-imports-no-files = None: files are reported as missing
archive-imports-wrong-file = Choose a file of the folder.
archive-imports-wrong-folder = There is no such folder.
archive-imports-wrong-upload = A file that ends in .sql, .xml, .jsonl, or these with .gz or .zst, is needed.
archive-imports-wrong-large = The file is too large: put it into the folder on the server.
# $why (String) - what is wrong
archive-imports-wrong-mapping = The mapping cannot be read: { $why }
archive-imports-wrong-sure = Say that you are sure.
archive-imports-new-state = not looked into
archive-imports-inspecting = being looked into
archive-imports-inspected = looked into
archive-imports-foreseeing = dry run under way
archive-imports-foreseen = dry run done
archive-imports-importing = being brought in
archive-imports-in-part = brought in in part
archive-imports-done = brought in, to be accepted
archive-imports-accepted = accepted
archive-imports-undoing = being undone
archive-imports-undone = undone
archive-imports-stopped = stopped
archive-imports-problem = It stopped before the end. What is done stays; it goes on from there.
# $time (String) - as 12.5 s
archive-imports-took = took { $time }
# $settled (Number) - done
# $all (Number) - all
archive-imports-progress = { $settled } of { $all } items
# $rate (Number) - items a second
# $minutes (Number) - that remain
archive-imports-left = { $minutes ->
    [one] { $rate } a second, about { $minutes } minute left
   *[other] { $rate } a second, about { $minutes } minutes left
}
archive-imports-waiting = It begins in a moment.
archive-imports-reload = Look again
archive-imports-holds = What the file holds
archive-imports-mapping = What its types, fields and vocabularies are here
archive-imports-mapping-hint = Guessed from names: read it before you go on. TOML.
archive-imports-do-inspect = Look into it
archive-imports-do-foresee = Dry run
archive-imports-do-foresee-again = Dry run again
archive-imports-do-import = Bring it in
archive-imports-do-go-on = Go on
archive-imports-do-again = Bring in again
archive-imports-accept = Accept
archive-imports-accept-what = All is as it should be: the import is closed and can no longer be undone here.
archive-imports-undo-summary = Undo this import…
archive-imports-undo-what = Its releases, files and old addresses go. What somebody edited, corrected or cites since stays and is listed here.
archive-imports-undo-sure = Yes, take it all back.
archive-imports-undo = Undo
# $count (Number) - how many
archive-imports-kept = { $count ->
    [one] { $count } release stayed; tick what shall go too
   *[other] { $count } releases stayed; tick what shall go too
}
archive-imports-why-edited = edited since
archive-imports-why-corrected = corrected since
archive-imports-why-cited = another release links to it
archive-fate-new = new
archive-fate-unchanged = unchanged
archive-fate-changed = changed
archive-fate-refused = refused
archive-fate-conflict = in conflict
archive-fate-draft = not public yet
archive-fate-missing = missing
archive-fate-loop = already right
archive-report-foreseen = What would become of everything
archive-report-done = What became of everything
archive-report-items = Language versions
archive-report-addresses = Old addresses
archive-report-files = Files
archive-report-links = Links to the former site
# $count (Number) - how many
archive-report-drafts = { $count ->
    [one] { $count } of them is a draft
   *[other] { $count } of them are drafts
}
archive-report-institutions = Institutions added to the directory
archive-report-topics = Topics added
archive-report-left-alone = Left alone: types that the mapping does not name
archive-report-csv = Every item as a table (CSV)
archive-report-json = Everything as JSON
# $count (Number) - how many
archive-report-to-look-at = { $count ->
    [one] { $count } item to look at
   *[other] { $count } items to look at
}
# $line (Number) - of the file
archive-report-line = line { $line }
# $count (Number) - how many
archive-report-address-list = { $count ->
    [one] { $count } address that is not led on
   *[other] { $count } addresses that are not led on
}
# $count (Number) - how many
archive-report-file-list = { $count ->
    [one] { $count } file that did not come in
   *[other] { $count } files that did not come in
}
archive-original-title = On the former site
archive-original-none = It came from no former site.
# $name (String) - as the former site has it
archive-original-author = by { $name }
archive-original-there = As it was there
archive-original-here = As it is here
