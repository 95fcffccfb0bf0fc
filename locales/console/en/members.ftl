# Members: the list, and one member's pages.

members-find = Find a member
members-find-how = The last 4 digits of the phone, or the beginning of the name.
members-too-few-digits = Type at least 4 digits of the phone, or the beginning of the name.
members-none-fit = Nobody fits
members-none-fit-story = Try more digits, or another spelling of the name.
members-none = No members yet
members-none-story = Whoever texts your keyword becomes a member. Print the sign and put it where people wait.
members-to-keywords = To the keywords
members-all = All members
members-cut = There may be more: type more of the number or name.
find = Find
member = Member
phone = Phone
balance = Balance
level = Level
all-levels = All levels
last-visit = Last visit
joined = Joined
never = Never
has-left = Left
pages = Pages
to-newest = To the newest
member-unnamed = No name yet
member-pages = Pages of this member
member-tab-overview = Overview
member-tab-entries = Entries
member-tab-conversation = Conversation
member-tab-consent = Consent
member-tab-profile = Profile
member-tab-way = Why didn’t I get it?
member-left-on = Left on { $day }
tag-opted-out = Opted out
tag-in-doubt = In doubt
pending = Not yet to be spent
in-vouchers = In vouchers
visits = Visits
member-lapse = { $points } lapse after { $day }
member-no-level = None yet
level-next = On the way to { $level }
level-missing = { $missing } to { $level }
level-highest = The highest there is.
member-card = Punch card
member-stamps = { $count_written } of { $size_written } stamps
card-gives = full: { $reward }
cards-filled =
    { $count ->
        [one] 1 filled
       *[other] { $count_written } filled
    }
stamps-count =
    { $count ->
        [one] 1 stamp
       *[other] { $count_written } stamps
    }
vouchers-count =
    { $count ->
        [one] 1 voucher
       *[other] { $count_written } vouchers
    }
visits-count =
    { $count ->
        [one] 1 visit
       *[other] { $count_written } visits
    }
friends-count =
    { $count ->
        [one] 1 friend
       *[other] { $count_written } friends
    }
segments-count =
    { $count ->
        [one] 1 segment
       *[other] { $count_written } segments
    }
vouchers = Vouchers
no-vouchers = No voucher waits to be redeemed.
good-until = good until { $day }
redeem = Redeem
cancel-voucher = Cancel it
rewards = What they can have
give-reward = Give it
how-many = How many { $unit }?
reach = Texts
reach-open = They can be texted.
reach-opted_out = They opted out: nothing is sent to them.
reach-in_doubt = It is in doubt whether they want texts: they only get answers.
reach-left = They left this shop: nothing is told to them.
reach-no_member = They are no member here now.
reach-merged = What they had is another member’s now.
reach-last_failed = The last text to them did not arrive.
reach-shop_is_silent = Your shop tells members nothing without being asked. They get answers.
reach-capped = They have had this week’s texts. They get answers.
reach-bundled = They were told something just now; more waits a little.
reach-asked = A question of ours waits for their answer.
reach-quiet = It is too early or too late where they are. They get answers.
adjust = Give or take by hand
adjust-points = How many
adjust-points-how = +50 gives, -20 takes.
adjust-points-wrong = Type a whole number other than 0, such as +50 or -20.
adjust-too-few =
    { $count ->
        [one] There is only 1 to take.
       *[other] There are only { $count_written } to take.
    }
adjust-reason = Why
adjust-reason-how = It stands in the member’s history.
adjust-reason-wrong = Say why in a few words, at most 500 characters.
adjust-go = Give or take
reward-too-few = { $points } missing
reward-level = for a higher level
reward-limit = had as many as one may
reward-sold-out = none left
reward-not-today = not today
reward-wrong = this cannot be had so
order-no-member = They are no member of this shop now.
order-no-voucher = There is no such voucher.
order-not-theirs = This voucher is another member’s.
order-voucher-redeemed = This voucher was redeemed already.
order-voucher-cancelled = This voucher was cancelled already.
order-voucher-lapsed = This voucher has lapsed.
member-more = More
done-adjusted = Done. It stands in the member’s entries.
done-issued = The voucher is there.
done-redeemed = Redeemed.
done-cancelled = Cancelled. What it cost is back.

## Entries

no-entries = Nothing was earned or spent yet.
what-happened = What happened
moved = Amount
where-to = Where to
who = Who
when = When
entry-sale = Purchase
entry-refund = Return
entry-adjusted = By hand
entry-action = Action
entry-membership = Membership
entry-issued = Voucher
entry-reward = Voucher
entry-redeemed = Redeemed
entry-cancelled = Voucher cancelled
entry-reinstated = Redemption taken back
entry-voucher-lapsed = Voucher lapsed
entry-joined = Welcome
entry-imported = Brought from another system
entry-merged = Merged
entry-unmerged = Merge taken back
entry-moved = Moved to another program
entry-code = Code
entry-check-in = Check-in
entry-referral = A friend
entry-referral-reversed = A friend’s return
entry-released = Free to be spent
entry-lapsed = Lapsed
entry-birthday = Birthday
entry-level = Level
entry-gift = Gift of the level
entry-membership-ended = Membership ended
entry-clock = By time
entry-other = Other
actor-member = The member
actor-clock = The calendar
actor-till = Till
book-outside-available = To be spent
book-outside-pending = To be spent later
book-pending-available = Free to be spent now
book-pending-outside = Taken back
book-available-outside = Taken back
book-available-locked = Into a voucher
book-locked-available = Back from a voucher
book-locked-spent = Spent
book-spent-locked = Back in the voucher
book-available-spent = Spent
book-spent-available = Given back
book-available-lapsed = Lapsed
book-pending-lapsed = Lapsed
book-locked-lapsed = Lapsed
book-lapsed-available = Back from lapse
book-lapsed-outside = Taken back
book-spent-outside = Taken back
book-locked-outside = Taken back
book-outside-locked = Into a voucher
book-outside-spent = Spent
book-outside-lapsed = Lapsed

## Conversation

no-texts = Nothing was said yet.
earlier-texts = Earlier texts
said-ours = We
said-theirs = They
said-by-staff = written by staff
said-for-others = This text also speaks for others, so it is not shown here.
said-photo = Photo ({ $type })
said-file = File ({ $type })
said-why = why?
said-deferred = waits for the morning
said-queued = waiting
said-claimed = being sent
said-unclear = being looked up
said-sent = sent
said-delivered = delivered
said-read = read
said-undelivered = not delivered
said-failed = not sent
said-opted-out = refused: opted out
said-withdrawn = taken back
said-accepted = sent
said-scheduled = sent
said-sending = sent

## Consent

consent-story = Proof of what they agreed to: when, how, what they typed and what they were shown.
no-consent = There is no proof of consent: they get no texts until they text a keyword.
consent-asked = Asked
consent-opt-in = Agreed
consent-declined = Declined
consent-opt-out = Opted out
consent-opt-in-again = Agreed again
consent-no-marketing = In doubt: only answers
consent-marketing = Not in doubt any more
consent-by-keyword = by a keyword
consent-by-answer = by an answer
consent-by-invitation = by an invitation
consent-by-reserved-word = by a word such as STOP or START
consent-by-own-words = in their own words
consent-by-command = by a command
consent-by-provider-notice = as the provider told us
consent-by-carrier-refusal = as the carrier told us
consent-by-imported = brought from another system
consent-typed = They typed
consent-shown = They were shown
consent-source = Heard by, or from

## Profile

profile-title = What they told
birthday = Birthday
spoken-en = English
spoken-es = Spanish
spoken-fr = French
spoken-ro = Romanian
spoken-zh = Chinese

## Why didn’t I get it?

way-title = Why didn’t I get it?
way-story = What keeps them from getting texts of this shop, and when they get what waits for them.
way-then = Next
way-now = Now
way-to-member = Why they get no texts at all
way-to-texts = Each of their texts, with what became of it
way-answer = It answers a text of theirs.
way-unasked = Nobody asked for it: your shop tells them something.
way-by_staff = Staff wrote it.
way-queued = Written and queued.
way-held = Held until { $until }: texts may not arrive there before.
way-behind = It goes out once an earlier text to the same phone is settled, so that they arrive in order.
way-paused = The number that sends it rests until { $until }.
way-paced =
    { $count ->
        [one] It goes out after 1 other text of this number.
       *[other] It goes out after { $count_written } other texts of this number.
    }
way-due = It goes out at once.
way-under_way = It is being handed to the provider right now.
way-tried =
    { $count ->
        [one] Tried once.
       *[other] Tried { $count_written } times.
    }
way-again = It is tried again at { $until }.
way-look_up = The provider may have taken it. That is looked up at { $until }, so that nobody gets it twice.
way-taken = The provider took it.
way-on_its_way = It is with the carrier, which has not said yet whether it arrived.
way-no_report = The provider has not reported yet what became of it.
way-delivered = The carrier says that it arrived. If it is not there, look for blocked messages on the phone.
way-read = It was read.
way-undelivered = The carrier did not deliver it.
way-failed = It was not sent.
way-opted_out_there = The carrier refused it: they opted out there.
way-withdrawn = Taken back: they opted out before it went.
way-because = { $why } (number { $code })
way-done = Nothing more happens to this text.
way-open = They can be texted.
way-opted_out = They opted out on { $until }. Only their own START, or a keyword, undoes it.
way-in_doubt = They seemed to want no more texts on { $until } and were asked. Until they say otherwise they only get answers.
way-left = They left this shop on { $until }. A keyword brings them back.
way-no_member = They are no member of this shop.
way-merged = What they had is another member’s now.
way-last_failed = The last text did not arrive: { $why } (number { $code })
way-shop_is_silent = Your shop tells members nothing without being asked. They get answers.
way-capped = They had as many texts in seven days as your shop allows. More from { $until } on.
way-bundled = They were told something just now. What follows is told in one text, from { $until } on.
way-asked = A question of ours waits for their answer, until { $until }. Nothing else is told meanwhile.
way-quiet = Texts may not arrive at this hour where the phone is from. From { $until } on they may.
way-waits = What waits for them is told from { $until } on.
way-nothing_waits = Nothing waits to be told to them.
carrier-unreachable = This number cannot receive texts: it may be a landline, or out of service.
carrier-out_of_reach = The phone was off or out of reach.
carrier-opted_out = They have opted out with the carrier. Only their own START undoes it.
carrier-too_fast = More texts were sent than the number may send at once.
carrier-carrier = The provider or the carrier had trouble of its own.
carrier-unclear = The provider did not say whether it took the text.
carrier-account = The provider refuses the account. Tell your operator.
carrier-setting = A setting at the provider forbids this text. Tell your operator.
carrier-request = The provider did not accept the request. Tell your operator.
carrier-filtered = A filter of the carrier stopped the text, for its words or its sender.
carrier-unknown = The carrier did not say why.
carrier-refused = The provider refuses this text for good.

## Merging

merge-title = Merge two phones of one person
merge-story = Everything that the other phone has moves to this member. You see what moves before it does, and can take it back.
merge-find = Find the other phone
merge-look = Look
merge-preview = From { $other }, { $phone }, this moves here
merge-nothing = Nothing: the other phone has nothing.
merge-consent = Consent does not move: { $shops } may text this phone only once they join there themselves.
merge-go = Merge
merges-done = Merged into this member
merge-undo = Take it back
merge-same = That is the same member.
merge-already = One of the two is merged into another member already.
merge-undone = This was taken back already.
merge-on = This member was merged into another one since. Take that back first.
done-merged = Merged.
done-unmerged = Taken back, as far as it was still there.

## What a member may ask for

export-title = All that is kept of them (a file)
erase-title = Erase this member
erase-goes = What goes for good: phone, name, birthday, answers, every text, what staff wrote about them, and the words of their consent.
erase-stays = What stays: amounts in the books, without a name, so that they add up; that somebody agreed, and when; and, if they opted out, a code made from the phone, so that they are still not texted. They may join again at any time.
erase-for-good = This cannot be undone.
erase-confirm = Type the last 4 digits of { $phone } to go on
erase-confirm-wrong = These are not the last 4 digits of the phone.
erase-go = Erase for good
erase-merged = They were merged into another member. Erase that one: this phone goes with it.
erase-other-shops = They belong to other shops too. Somebody who is for all shops must do it.
erase-text-under-way = A text to them is being sent right now. Try again in a minute.
erase-no-key = This gateway has no key to keep opt-outs safely. Tell your operator: secrets.key is not set.
done-erased = Erased. Nothing personal is kept of them.
