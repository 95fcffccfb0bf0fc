# The program: told in sentences, changed, tried, replayed, published.

title-program-draft = The draft
title-program-whole = The draft as it is written
title-program-try = Try a sale
title-program-replay = Replay
title-program-publish = Publish
title-program-versions = Versions
program-tab-program = In force
program-tab-draft = Draft
program-tab-try = Try a sale
program-tab-replay = Replay
program-tab-publish = Publish
program-tab-versions = Versions
program-change = Change the program
program-go-on = Go on with the draft
program-to-publish = Look at what changes
program-since = In force since { $moment }.
program-none = This shop has no program of its own yet. This is all that members get. Change it, and nothing happens until you publish.
program-coming = Another version comes into force on { $moment }.
program-look = Read it
program-draft-of = { $by } is changing the program; last on { $moment }. Members notice nothing until it is published.
program-draft-lead = Nothing here counts until you publish it. Last changed by { $by }, { $moment }.
program-shared = This program also belongs to { $shops }. What changes here changes there.
program-wrong =
    { $count ->
        [one] One thing must be put right before this can be published.
       *[other] { $count_written } things must be put right before this can be published.
    }
program-mend = Put it right
program-whole = Write the program by hand
program-whole-lead = For what no sentence tells. JSON or TOML; the handbook has every setting.
program-written = The program
program-in-force = In force
program-draft = The draft

## Parts

program-section-basics = The program
program-section-earn = How members earn
program-section-rewards = Rewards
program-section-tiers = How levels work
program-section-levels = Levels
program-section-membership = Paid membership
program-empty-basics = Nothing yet.
program-empty-earn = Members earn nothing yet. Add a rule.
program-empty-rewards = There is nothing to get yet. Add a reward.
program-empty-levels = No levels: all members are equal.
program-empty-membership = No paid membership.
program-add-rule = Add a rule
program-add-rewards = Add a reward
program-add-levels = Add a level
program-add-membership = Add a paid membership
program-new-earn = New rule
program-new-rewards = New reward
program-new-levels = New level
program-new-membership = Plus
part-change = Change: { $part }
part-remove = Remove: { $part }
part-raise = Move up: { $part }
part-save = Save in the draft
done-part-saved = Saved in the draft.
done-part-removed = Taken out of the draft.
done-part-moved = Moved.
draft-discard = Throw the draft away
draft-discard-story = What is in force stays as it is. The draft cannot be brought back.
draft-discard-yes = Throw it away
done-draft-discarded = The draft is gone. Nothing else has changed.
program-more-sentences = More: names, conditions, limits
program-other-languages = In other languages
program-in-language-en = English
program-in-language-es = Spanish
program-in-language-fr = French
program-in-language-ro = Romanian
program-in-language-zh = Chinese
program-pick-worth = What it is worth
program-pick-window = Within which time it counts

## Kinds of rules

program-kind-visit = Points for a visit
program-kind-story-visit = Each visit earns points, whatever is bought.
program-kind-spend = Points for money
program-kind-story-spend = For every 1 spent, members earn points.
program-kind-item = Points for articles
program-kind-story-item = Each article, or each of some, earns points.
program-kind-card = Punch card
program-kind-story-card = Buy so many, get a reward: stamps fill a card.
program-kind-multiplier = More points
program-kind-story-multiplier = Double points on Tuesdays, or for large baskets.
program-kind-bonus = Bonus
program-kind-story-bonus = Points or a reward on top of a sale.
program-kind-welcome = Welcome gift
program-kind-story-welcome = Who joins gets something at once.
program-kind-birthday = Birthday gift
program-kind-story-birthday = Members get something around their birthday.
program-kind-referral = Friends bring friends
program-kind-story-referral = Both are thanked when the friend has bought something.
program-kind-code = Codes to text in
program-kind-story-code = Single-use codes from packs or receipts.
program-kind-check-in = Code of the day
program-kind-story-check-in = Members text the code that hangs at the counter.
program-kind-action = Something done
program-kind-story-action = A survey, a workshop, a pledge: points without a sale.

## The sentences

clause-name = Members read the name { $name }.
clause-story = For your own people: { $story }
clause-unit = Members collect { $unit }.
clause-pending = Points can be spent after { $pending_days }.
clause-after-months = Points lapse { $expiry_after_months } after they were earned.
clause-yearly-on = Points lapse every year at the end of { $expiry_yearly_on }.
clause-inactive = All points lapse when nothing happens for { $expiry_inactive_months }.
clause-limit-of-all = All rules together give a member at most { $limit }.
clause-negative = When a refund takes more points than there are, { $may_be_negative }.
clause-visit = Each visit earns { $points }.
clause-visit-gap = A visit counts when { $gap_minutes } have passed since the one before.
clause-spend = For every { $per } spent, members earn { $points }.
clause-categories = Only articles of these categories count: { $articles_categories }.
clause-skus = Only these articles count: { $articles_skus }.
clause-tax = { $tax }.
clause-round = A part of a point { $round }.
clause-item = Each article bought earns { $points }.
clause-card = A card with { $stamps } is full, and gives { $reward }.
clause-stamp-per = Each { $per } is a stamp.
clause-stamp-from = Only purchases of { $basket_from } or more are a stamp.
clause-head-start = New members begin with { $head_start }.
clause-multiplier = Points for a sale count { $times } times.
clause-multiplier-of = Only points of these rules: { $of }.
clause-bonus = A sale earns { $points } on top.
clause-reward = Members get this reward: { $reward }.
clause-welcome = Who joins gets { $points }.
clause-birthday = For their birthday members get { $points }.
clause-birthday-before = It is given { $days_before } before the birthday.
clause-birthday-after = The reward can be used until { $days_after } after it.
clause-leap-day = Who was born on 29 February has it on { $leap_day } in other years.
clause-referral = Who brings a friend gets { $points }.
clause-referral-reward = Who brings a friend gets this reward: { $reward }.
clause-friend = The friend gets { $friend_points }.
clause-friend-reward = The friend gets this reward: { $friend_reward }.
clause-friends-max = Thanks are given for at most { $friends_a_year_max } a year.
clause-code = Each code is worth { $points }.
clause-check-in = Texting the code of the day earns { $points }.
clause-action = Who does it gets { $points }.
clause-action-word = Members text the word { $word }.
clause-action-thanks = They are answered: { $thanks }
clause-rule-name = Members read it as { $name }.
clause-limit = A member gets at most { $limit } from it.
clause-when-basket = Only when { $when_basket_from } or more is paid.
clause-when-items = Only when at least { $when_items_from } are bought.
clause-when-categories = Only when an article of these categories is bought: { $when_articles_categories }.
clause-when-skus = Only when one of these articles is bought: { $when_articles_skus }.
clause-when-payments = Only when it is paid by { $when_payments }.
clause-when-first = Only on { $when_first_purchase }.
clause-when-weekdays = Only on { $when_weekdays }.
clause-when-hours = Only between these hours: { $when_hours }.
clause-when-from = From { $when_from } on.
clause-when-until = Until { $when_until }.
clause-when-levels = Only for members of the level { $when_levels }.
clause-when-paid = Only for { $when_paid_member }.
clause-when-birthday = Only within { $when_days_around_birthday } of the birthday.
clause-when-answers = Only for who answered { $when_answers }.
clause-reward-name = Members read { $name }.
clause-cost = It costs { $cost }.
clause-worth-gift = It is a gift that its name describes.
clause-worth-free-item = One article is free: of the categories { $articles_categories }, with the numbers { $articles_skus }.
clause-worth-free-item-without-articles-skus = One article is free: of the categories { $articles_categories }.
clause-worth-free-item-without-articles-categories = One article is free: with the numbers { $articles_skus }.
clause-worth-free-item-without-articles-categories-without-articles-skus = One article is free.
clause-worth-amount-off = It takes { $amount } off.
clause-worth-percent-off = It takes { $percent } off, at most { $amount_max }.
clause-worth-percent-off-without-amount-max = It takes { $percent } off.
clause-worth-money = The points are money: what it costs is worth { $amount }, and members spend as many as they like.
clause-valid-days = Its voucher is valid for { $valid_days }.
clause-stock = There are { $stock } of it.
clause-often = A member can have it at most { $limit }.
clause-on-from = It can be had from { $from } on.
clause-on-until = It can be had until { $until }.
clause-level-from = It is for the level { $level_from } and above.
clause-tiers-by = A level is reached by { $by }.
clause-window-calendar-year = What counts is the calendar year; a level holds to the end of the next.
clause-window-year-from-month = What counts is the year that begins in { $number }; a level holds to the end of the next.
clause-window-last-months = What counts is the last { $number }.
clause-window-lifetime = Everything there ever was counts.
clause-grace = A level stays { $grace_days } longer than it was earned.
clause-fall = Who loses a level { $fall }.
clause-level-name = Members read { $name }.
clause-level-begins = It begins at { $from }.
clause-level-times = Points for sales count { $times } times.
clause-perks = It brings: { $perks }
clause-gifts = It gives: { $gifts }
clause-membership-name = Members read { $name }.
clause-membership = It costs { $price } and runs for { $months }.
clause-membership-skus = Who buys one of these articles becomes a paying member: { $skus }.
clause-membership-level = It gives the level { $level }.
clause-reminder = Members are reminded { $reminder_days } before it ends.

## What stands in the holes

program-choice-none = none
program-choice-may-be-negative-true = the rest is owed
program-choice-may-be-negative-false = the shop bears it
program-choice-tax-excluded = Tax does not count
program-choice-tax-included = Tax counts
program-choice-round-down = is dropped
program-choice-round-nearest = counts from a half on
program-choice-round-up = counts as a whole one
program-choice-per-article = article
program-choice-per-visit = visit
program-choice-leap-day-02-28 = 28 February
program-choice-leap-day-03-01 = 1 March
program-choice-when-first-purchase-true = the first purchase
program-choice-when-first-purchase-false = later purchases
program-choice-when-paid-member-true = paying members
program-choice-when-paid-member-false = members who do not pay
program-choice-by-spend = money spent
program-choice-by-points = points earned
program-choice-by-visits = visits
program-choice-by-friends = friends brought
program-choice-fall-to-earned = falls to what was earned
program-choice-fall-one-level = falls by one level
program-choice-fall-never = never does: it stays
program-choice-unit-point = points
program-choice-unit-star = stars
program-choice-unit-mile = miles
program-choice-unit-own = something else
program-weekday-monday = Monday
program-weekday-tuesday = Tuesday
program-weekday-wednesday = Wednesday
program-weekday-thursday = Thursday
program-weekday-friday = Friday
program-weekday-saturday = Saturday
program-weekday-sunday = Sunday
program-period-day = a day
program-period-week = a week
program-period-month = a month
program-period-quarter = a quarter
program-period-year = a year
program-period-ever = in all
program-count-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count_written } minutes
    }
program-count-days =
    { $count ->
        [one] 1 day
       *[other] { $count_written } days
    }
program-count-months =
    { $count ->
        [one] 1 month
       *[other] { $count_written } months
    }
program-count-stamps =
    { $count ->
        [one] 1 stamp
       *[other] { $count_written } stamps
    }
program-count-articles =
    { $count ->
        [one] 1 article
       *[other] { $count_written } articles
    }
program-count-friends =
    { $count ->
        [one] 1 friend
       *[other] { $count_written } friends
    }
program-count-visits =
    { $count ->
        [one] 1 visit
       *[other] { $count_written } visits
    }
program-count-times =
    { $count ->
        [one] once
       *[other] { $count_written } times
    }
program-count-percent = { $count_written }%
program-count-pieces = { $count_written }
program-noun-minutes = minutes
program-noun-days = days
program-noun-months = months
program-noun-stamps = stamps
program-noun-articles = articles
program-noun-friends = friends
program-noun-visits = visits
program-noun-times = times
program-noun-pieces = pieces
program-hole-points = How many
program-hole-money = Amount
program-hole-minutes = Minutes
program-hole-days = Days
program-hole-months = Months
program-hole-month = Month
program-hole-stamps = Stamps
program-hole-articles = Articles
program-hole-friends = Friends
program-hole-percent = Percent
program-hole-pieces = Pieces
program-hole-day = Day
program-hole-hours = Hours, such as 14:00-17:00
program-hole-name = Name
program-hole-words = Words, with commas between
program-hole-number = Number
program-hole-choice = Choice

## What is wrong

program-wrong-needed = Fill this in.
program-wrong-whole = Type a whole number, such as 10.
program-wrong-amount = Type an amount such as 4.50.
program-wrong-times = Type a number from 1 to 100, such as 2 or 1.5.
program-wrong-within = Type a number from { $least } to { $most }.
program-wrong-name = Type a name of 1 to 60 characters.
program-wrong-line = This has signs that cannot be seen. Type it again.
program-wrong-reward = That reward is not in the program. Choose another, or add it first.
program-wrong-level = That level is not in the program. Choose another, or add it first.
program-wrong-rule = That rule is not in the program. Choose another.
program-wrong-nothing = Say how many, or choose a reward.
program-wrong-zero = It must be more than nothing.
program-wrong-order = It must begin higher than the level before it.
program-wrong-day = Choose a day.
program-wrong-year-day = Type a month and a day, such as 12-31.
program-wrong-hours = Type two times, such as 14:00-17:00.
program-wrong-until = The last day comes before the first.
program-wrong-only-one = There can be only one rule of this kind. Take one out.
program-wrong-limit = Say either points or times.
program-wrong-limit-times = It gives no points, so limit it by times.
program-wrong-membership = The program has no paid membership.
program-wrong-forms = Type one and several, with a comma between: bean, beans.
program-wrong-card = This does not go with what is a stamp.
program-wrong-taken = That word means something else already.
program-wrong-meanwhile = Somebody else changed this draft meanwhile. Nothing of yours was saved; look at it again, then send it once more.
program-wrong-no-program = A program is a table with a name and earn rules.
program-wrong-past = The day must not be in the past.
program-wrong-before-latest = A later version waits already. Choose a day after it comes into force.
program-wrong-when = Choose when it shall come into force.
program-wrong-item = Type how many, and what one costs.

## Trying a sale

trial-lead = What a sale would earn, and why. Nothing is recorded.
trial-amount = Amount in { $currency }
trial-amount-rule = Left out: the sum of the articles.
trial-payment = Paid by
trial-payment-rule = In your till’s word: card, cash …
trial-items = Articles
trial-category = Category or number
trial-quantity = How many
trial-price = Each
trial-at = When
trial-at-rule = Left out: now.
trial-who = Who buys
trial-who-new = A new member, first purchase
trial-who-regular = A member who comes again
trial-who-member = A real member
trial-level = Level
trial-phone = Phone, or its last digits
trial-member-is = Found: { $name }
trial-nobody = No member has this number. Type the last four digits or more.
trial-several = Several members have these digits. Type more of them.
trial-go = What would it earn?
trial-empty = Fill in a sale, and see what it would earn.
trial-nothing = It earns nothing.
trial-silent = What did not count
trial-friend = For the friend who brought them
trial-draft-wrong = The draft cannot be tried yet: something in it must be put right.
unmet-basket-from = too little was paid
unmet-items-from = too few articles
unmet-articles = none of its articles was bought
unmet-payments = it was paid in another way
unmet-first-purchase = it is about first purchases, or about later ones
unmet-weekdays = another day of the week
unmet-hours = another time of the day
unmet-from = it has not begun
unmet-until = it is over
unmet-levels = another level
unmet-paid-member = it is about paying members, or about others
unmet-days-around-birthday = no birthday is near
unmet-answers = other answers
unmet-limit = the limit is reached
unmet-multiplier = another one gives more, or there is nothing to multiply
unmet-referral = no friend brought them
unmet-nothing = nothing in this sale counts for it

## Replay

replay-lead = The draft is played against what your members really bought. You see what it would have cost, who gains and who loses. Nothing is changed.
replay-months = Look back
replay-go = Replay
replay-worths = What rewards cost you
replay-worths-story = Say what one of each costs you, and the replay is told in money too. Points count as the reward that gives most for them.
replay-reckon = Reckon again
replay-running = The replay is running
replay-so-far = { $members } members looked through, { $sales } sales played so far. This page reloads by itself.
replay-reload = Reload
replay-failed = The replay stopped before it was done. Start it again.
replay-result =
    { $count ->
        [one] The last month, played again
       *[other] The last { $count_written } months, played again
    }
replay-began = Played on { $moment }.
replay-stale = The draft has been changed since. Replay it again.
replay-sample = There are so many sales that one member in { $one_in } was looked at. Figures are reckoned up to all members.
replay-cut = Some members bought so much that not all of it was played.
replay-no-sales = Nothing was sold to members in this time, so there is nothing to compare.
replay-gain = Would gain
replay-lose = Would lose
replay-same = The same
replay-sales = Sales played
replay-of-members =
    { $count ->
        [one] of 1 member
       *[other] of { $count_written } members
    }
replay-what = What
replay-before = Really
replay-after = By the draft
replay-difference = Difference
replay-points = Given: { $unit }
replay-thanks = Thanks for friends: { $unit }
replay-worth = Worth in money
replay-gainers = Who gains most
replay-losers = Who loses most
replay-member = Member
replay-small-print = Only sales are played: not welcome gifts, birthdays, codes or what levels give. Cards and limits begin as the three months before left them. What was returned does not count.

## Publishing and versions

publish-differences = What changes
publish-same = The draft says the same as what is in force.
publish-outdated = Another version was put in force since this draft began. What it changed is not in the draft.
publish-when = From when on?
publish-now = From now on
publish-now-story = The next sale counts by it.
publish-day = From a day on
publish-story = Points, stamps and vouchers that members have stay theirs. Every version is kept, and you can bring back this one.
publish-go = Publish
done-program-published = Published. It counts from now on.
done-program-coming = Published. It comes into force on its day.
difference-added = new
difference-gone = gone
difference-changed = changed
difference-reordered = other order
difference-before = Before:
difference-after = After:
difference-untold = Something was changed that no sentence tells.
versions-none = There are no versions yet.
version-number = Version { $count_written }
version-in-force = in force
version-coming = coming
version-from = From { $moment } on.
version-by = Published by { $by }, { $moment }.
version-made = Published { $moment }.
version-differences =
    { $count ->
        [one] 1 thing changed
       *[other] { $count_written } things changed
    }
version-bring-back = Bring back
version-over-draft = Throw the present draft away
done-version-brought-back = The old version is your draft now. Look at what would change, then publish it.
