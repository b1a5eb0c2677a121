# Topics in the desk.
topics-title = Topics
# $count (Number) - how many
topics-all = { $count ->
    [0] No topics
    [one] { $count } topic
   *[other] { $count } topics
}
topics-new = One topic more
topics-add = Add the topic
topics-rename = Save the names
topics-code = Word in addresses
topics-code-hint = The same in every language, for ever: small letters, digits, hyphens.
topics-wrong-name = A name is needed in each language of the site.
topics-wrong-code = Only small letters, digits and hyphens.
topics-wrong-taken = This word is taken.
topics-merge-summary = Merge into another topic…
# $name (String) - the topic that goes
topics-merge-what = “{ $name }” goes away: its releases, addresses and subscriptions pass to the other topic. This cannot be undone.
topics-merge-into = Merge into
topics-merge-sure = Yes, this topic goes away.
topics-merge = Merge
