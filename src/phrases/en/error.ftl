# What is shown when there is no page: what happened, and what the reader can do.
# $status (String) - the number of the HTTP status
error-kicker = Error { $status }
error-not-found = There is no such page here
error-not-found-lead = Nothing is published at this address. A character may be missing, or the link may come from somewhere else.
error-gone = This press release is no longer available
error-gone-lead = It was published at this address and has been taken offline.
error-gone-reason = Reason given by the publisher
error-bad-request = We do not understand this address
# $name (String) - the name of a parameter
error-unknown-parameter = It contains “{ $name }”, which this page does not know.
# $name (String) - the name of a parameter
error-repeated-parameter = It contains “{ $name }” more than once.
# $name (String) - the name of a parameter
error-wrong-parameter = The value given for “{ $name }” does not exist.
error-without-query = Open the page without it
error-bad-form = We could not read what you sent
error-bad-form-lead = A part of the form is missing or did not reach us whole. Go back, check it and send it again: nothing has been changed.
error-signed-out = You are no longer signed in
error-signed-out-lead = Nothing has been saved or changed. Sign in again in a new window, then come back to this page and load it again: your browser sends what you had written once more.
error-signed-out-link = Sign in again in a new window
error-forbidden = You cannot do this
error-forbidden-lead = Either your account is not entitled to it, or the page had been open for too long. Load the page again and try once more: nothing has been changed.
error-method = This address cannot be used this way
error-method-lead = This address exists, but not for what was asked of it. Open it from one of our pages: nothing has been changed.
error-conflict = This is no longer possible
error-conflict-lead = Things have moved on since you opened the page. Go back and load it again to see where they stand: nothing has been changed.
error-too-large = This is too large
error-too-large-lead = What you sent is larger than we accept. Shorten it and send it again: nothing has been changed.
error-too-many = Please wait a moment
# $count (Number) - minutes, at least one
error-too-many-lead = { $count ->
    [one] Too many requests in too short a time. Please try again in one minute.
   *[other] Too many requests in too short a time. Please try again in { $count } minutes.
}
error-unavailable = Back in a moment
error-unavailable-lead = We cannot fetch the press releases just now. Please try again in half a minute; if it is urgent, write to us.
error-internal = Something went wrong on our side
error-internal-lead = It is not your fault, and it has been recorded. Please try again; if it happens again, write to us and give the number of the error.
error-number = Error number
error-onward = Continue
error-write-question = Did the link come from one of our pages?
error-write = Write to us and we will put it right
error-write-urgent = Write to us
error-all-releases = All press releases
error-find = Search with the words of this address
