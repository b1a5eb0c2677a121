# Who governs: governments, mandates, the change of government; on the public site and in the desk.
government-title = Government
government-members = Members of the government
government-none = Nobody has entered yet who governs.
government-none-yet = No government yet. Prepare the present one and let it take over now.
# $name (String) - what it is called
government-description = { $name }: its members, their titles and competences.
# $day (String) - since when
government-caretaker-since = Caretaker since { $day }
government-left = Left during its term
government-others = Other governments
government-competences = Competences
government-competence = a competence
government-no-member = No longer a member of the government.
government-no-releases = Nothing was published in this name yet.
government-all-releases = All press releases of this member of the government
government-former-mandates = Former offices
government-releases-of-then = Press releases of that time
government-policy-cell = Policy cell
# $from (String) - a date
# $until (String) - a date
government-from-until = from { $from } to { $until }
# $day (String) - a date
government-since = since { $day }
government-not-begun = has not begun
government-state-prepared = being prepared
government-state-caretaker = caretaker
government-state-in-office = in office
government-state-former = former
# $when (String) - day and hour
government-takes-over-at = takes over by itself on { $when }
government-all = Governments
government-prepare = Prepare a government
government-prepare-what = Nobody outside the Chancellery knows of it before it takes over.
government-copy = Start from the present one
government-copy-hint = Its members, titles, competences and policy cells, to be changed where they change.
government-prepare-button = Prepare it
government-registers = Offices, competences, persons
government-preview = Preview
government-take-over-dots = Let it take over…
government-public-page = Public page
government-add-member = Add a member
government-no-cell = no policy cell
government-plan = Plan
government-discard-summary = Give this government up…
government-discard-what = It goes with its members, their contacts and their spokespersons. Nobody outside will have known of it.
government-discard = Give it up
government-caretaker = Caretaker government
government-caretaker-what = The public pages say since when it only carries on.
government-caretaker-begin = From now on it only carries on
government-caretaker-end = It governs in full again
government-rename = Save the name
government-when = When it takes over by itself
# $zone (String) - a time zone
government-when-hint = Empty: when somebody says so. By the clock of { $zone }.
government-handovers = What becomes of the present mandates
government-handovers-what = At that instant they end, all of them. For each: who takes its work over.
# $count (Number) - how many
government-open-drafts = { $count ->
    [one] Its policy cell has one release that nobody has read yet.
   *[other] Its policy cell has { $count } releases that nobody has read yet.
}
government-heir = Taken over by
government-nobody = nobody
government-drafts = Open drafts
government-drafts-hand-over = go to the new policy cell
government-drafts-keep = stay with the present policy cell
government-drafts-close = do not go out: the policy cell closes
government-keep-spokespersons = Its spokespersons go on to speak
government-keep-contacts = Its press contacts and their standby go on
government-end-spokespersons = Its spokespersons speak no longer
government-end-contacts = Its press contacts and their standby end
government-save-plan = Save the plan
government-wrong-held-twice = Two members hold the same office.
government-wrong-nobody = Nobody is in this government yet.
government-wrong-no-cell = Whoever takes drafts or contacts over needs a policy cell.
government-wrong-changed = Somebody changed this meanwhile. Look at it again.
government-wrong-past = This instant is past. Choose a later one, or let it take over now.
government-wrong-to-nobody = Say who takes over what goes on.
government-wrong-office = Which office?
government-wrong-person = Who holds it? First name and family name.
government-wrong-title = The full title, in every language of the site.
government-wrong-order = A number from 0 to 999.
# $name (String) - what it is called
government-take-over-title = { $name } takes over
# $ending (Number) - mandates that end
# $name (String) - the present government
# $beginning (Number) - mandates that begin
government-fate = Now, in one instant, { $ending } mandates of the { $name } end and { $beginning } begin. All public pages follow within a second.
# $count (Number) - how many
government-fate-first = { $count ->
    [one] Now one mandate begins. The public pages name the government within a second.
   *[other] Now { $count } mandates begin. The public pages name the government within a second.
}
government-fate-kept = Releases that are public keep the name of the member in whose name they went out.
# $name (String) - name and title
government-goes-to = Taken over by { $name }
# $count (Number) - how many
government-fate-hand-over = { $count ->
    [0] No release is open
    [one] One open release goes to the new policy cell, as a draft
   *[other] { $count } open releases go to the new policy cell, as drafts
}
# $count (Number) - how many
government-fate-keep = { $count ->
    [0] No release is open
    [one] One open release stays with the policy cell
   *[other] { $count } open releases stay with the policy cell
}
# $count (Number) - how many
government-fate-close = { $count ->
    [0] The policy cell closes; no release is open
    [one] The policy cell closes; one open release stays unpublished
   *[other] The policy cell closes; { $count } open releases stay unpublished
}
# $meetings (String) - meetings with the numbers of their decisions
government-fate-items = Open decisions that they propose: { $meetings }
government-fate-items-go = They pass to whoever takes over; what was answered about them counts no more, and all are asked again
government-fate-items-stay = They keep this mandate, for which nobody answers any more; what was agreed stays. Name another proposer, or waive
# $meeting (String) - its name
# $numbers (String) - of its decisions
government-fate-item = { $meeting }, { $numbers }
government-no-way-back = There is no way back but another change of government.
government-correct-plan = Correct the plan
government-take-over-now = Let it take over now
government-preview-banner = Preview: this is how the page will look
government-preview-secret = Nobody outside the Chancellery sees it.
government-preview-back = Back to the preparation
government-no-cell-no-contacts = Contacts belong to the policy cell, and there is none yet.
government-facts = Mandate
government-change-facts = Change
government-full-title = Full title
government-order = Order of precedence
government-order-hint = 1 for the first. Equal numbers stand in the order in which they were added.
government-remove-summary = Take this member out…
government-remove-what = The mandate goes, with its contacts and spokespersons. Nobody outside has known of it.
government-remove = Take out
government-end-summary = This member leaves the government…
government-end-what = The mandate ends now, and with it its spokespersons, contacts and standby. Its policy cell and its releases stay. Then add the successor to the government.
government-end-mandate = End the mandate
government-begins-at-once = This government is in office: the mandate begins as soon as it is saved.
government-fixed = Office and person stay as they are: another person is another mandate.
government-office = Office
government-office-hint = The seat at the table, whoever holds it. New ones are added under “Offices, competences, persons”.
government-person = Who
government-person-known = Somebody who is known already
government-person-new = somebody new:
government-given-name = First name
government-family-name = Family name
government-cell-hint = The minister’s staff, which issues the minister’s own releases. A new one is known to nobody before the mandate begins.
government-cell-none = none yet
government-cell-new = a new one, called:
government-cell-names = Name of the new policy cell, or the one it takes when the mandate begins
government-save-member = Save the mandate
government-offices = Offices
government-persons = Persons
government-register-add = Add
government-register-kind = What is it?
government-register-none = Nothing yet.
