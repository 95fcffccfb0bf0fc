# What the gateway says in English. Keep to the GSM-7 alphabet: one character outside it halves what fits in a segment.

## Words people text, separated by commas

words-balance = bal, balance, points, my points, my balance, check balance, check my balance, check points, check my points, how many points, how many points do i have, what's my balance, what are my points, what is my balance, whats my points, what's my points, how many points i have, how many points have i got, how many points do i have left, how many pts, how many pts do i have, how much points do i have, show my points, show points, see my points, view my points, points balance, point balance, my pts, reward points, rewards balance, loyalty points, my account, how many points i got, my bal, ballance
words-rewards = rewards, my rewards, reward, see rewards, show rewards, view rewards, list rewards, what can i get, what can i buy, what rewards are there, what are the rewards, what rewards do i have, which rewards, catalog, catalogue
words-redeem = redeem, redeem points, redeem my points, redeem reward, redeem a reward, redeem my reward, redeem rewards, how do i redeem, how to redeem, cash in, cash in my points, use points, use my points, spend points, spend my points, claim reward, claim my reward, voucher, vouchers, my voucher, my vouchers, my codes
words-card = card, my card, punch card, my punch card, stamps, my stamps, stamp card, my stamp card, how many stamps, how many stamps do i have
words-tier = tier, my tier, level, my level, status, my status, what's my level, what level am i, what is my level, what's my status, what's my tier, my membership, membership status
words-refer = refer, refer a friend, referral, referrals, my referral, my referral code, referral code, referral link, invite, invite a friend, invite friends, bring a friend, tell a friend, my code, my link
words-code = code, codes, enter code, enter a code, i have a code, check in, checkin
words-history = history, my history, points history, my points history, activity, my activity, recent activity, statement, transactions, my transactions, last transactions
words-profile = profile, my profile, my details, edit profile, update profile, update my profile, change my name, change name, change my birthday, update my details
words-help = who is this, who are you, who r u, menu, commands, options, how does this work, whos this, who's this, who is texting me, who's texting me, what is this number, whats this about, how do i use this, more info, information, what is this, what's this, who dis, new phone who dis, whose number is this, help me, i need help, need help, how does it work, what can i do, contact, why are you texting me, why r u texting me, how did you get my number, where did you get my number, can you help me
words-join = join, join now, sign up, sign me up, signup, register, enroll, enrol, subscribe, how do i join, subscribe me, i would like to sign up, how to sign up, i want to join, i'd like to join, i would like to join, i'd like to sign up, can i join, how can i join, how to join, how do i sign up, add me, opt in, optin, join me, i want in, join the club, join the program, join rewards, loyalty card, rewards program
words-join-yes = join, join now, join me, sign up, sign me up, subscribe, subscribe me, register, enroll, enrol, add me, opt in, i want to join, i would like to join, i'd like to join, i want in, i would like to sign up, i'd like to sign up, yes then, ok i'll join, i'll join, ye, aye, uh huh, okey dokey, why not, sure why not, yeah go on, go on then, ya ok, yes yes please, you bet, for sure, certainly, fine, all right, i do
words-leave = leave, leave program, leave the program, i want to leave, i'd like to leave, opt out of, unsubscribe from, remove me from
words-language = lang, language, languages, change language, change my language
words-language-name = english, in english, ingles, anglais, engleza, 英语, 英語, 英文, en ingles, en anglais, in engleza, do you speak english, speak english, limba engleză, englezește
words-keep = keep, keep them, keep going, keep texting, carry on, continue, keep texting me, no keep texting, yes keep texting, keep it, keep me, keep me on, keep on, keep them coming, keep em coming, yes keep, no keep, no keep going, don't stop, do not stop, no don't stop, stay, i want to stay, i'll stay, leave it, leave it on, leave it as is, same as before, as before, nothing changes
words-greeting = hi, hello, hey, hi there, good morning, good afternoon, good evening, hello there, hey there, hiya, howdy, heyy, hii, good day, morning, good night, how are you, hi how are you, gm
words-thanks = thanks, thank you, thank u, thx, tks, ty, thanks a lot, thanks so much, thank you so much, thank you very much, many thanks, ok thanks, okay thanks, ok thank you, great thanks, got it, got it thanks, cheers, great, awesome, cool, nice, lol, haha, ok, okay, k, kk, ok got it, ok great, ok cool, ok perfect, ok sounds good, sounds good, thanks again, thank you again, thanks once again, appreciate it, take care, thankyou, tysm, thanks very much, thanks guys, thank you guys, ok ty, awesome thanks, great thank you, cool thanks, perfect, perfect thanks, sweet, much appreciated, you too, will do, no problem, no worries, np, you're welcome, yw, have a good day, have a great day, have a nice day, good to know, noted, understood, love it, i love this, yay, wow, omg, lmao, hahaha, sorry, oops, bye, goodbye, bye bye, see you, see ya
words-yes = yes, y, yep, yeah, ok, okay, sure, yes please, yes thanks, yes thank you, yes pls, yes i do, yes i would, yup, yea, yess, yesss, sure thing, ok sure, sure ok, of course, absolutely, definitely, please do, i'm in, count me in, sounds good, i agree, let's do it, agree, agreed, i accept, accept, confirm, yes yes, ok yes, yes ok, ya, yah, yas, yesssss, yepp, yup yup, yeah sure, yea sure, yeah ok, okay sure, yes sir, yes ma'am, yes absolutely, yes definitely, yes of course, yes i want to join, yes i'd like to join, alright, go ahead, go for it, do it, let's go, sounds great, hell yes, heck yeah
words-no = no, n, nope, no thanks, no thank you, nah, no way, no thx, not today, neither, neither of them, none, none of them, naw, nay, no no, nope nope, no ty, no tks, no thankyou, no thank u, no sorry, sorry no, not really, no not really, thanks but no thanks, thanks but no, absolutely not, definitely not, of course not, hell no, never mind, nevermind, nvm, forget it, not for now, never
words-not-interested = not interested, i'm not interested, no interest, not interested thanks, no longer interested, not interested at all, no not interested, no i'm not interested, i am not interested, no thanks not interested, not interested in this, uninterested, not for me, don't want to, i don't want to, i don't want it, i do not want to join, don't sign me up, do not sign me up, decline, i decline, hard pass, i'm good, no i'm good, nah i'm good
words-skip = skip, skipped, next, next question, pass, later, maybe later, not now, another time, rather not, rather not say, i'd rather not, i'd rather not say, prefer not to say, i prefer not to say, won't say, not telling, private, that's private, none of your business, don't ask, no comment, n/a, idk, i don't know, don't know
words-refusal = i don't want to, don't want to, i do not want to, not saying, none of ur business, no more questions, too many questions, i'd rather not give it, not telling you
words-all = all, all of them, all of it, both, both of them, every one, all of them please
words-staff-punch = punch, stamp, visit
words-staff-spend = spend, spent, sale, paid, buy, purchase
words-staff-redeem = redeem, use, voucher, claim
words-staff-undo = undo, take back, take it back
words-staff-invite = invite

## Parts

points =
    { $points ->
        [one] { $points } { $unit_one }
       *[other] { $points } { $unit_other }
    }
stamps = { $stamps } of { $size } stamps
shops-joined = { $shops }, { $shop }
shop-with-contact = { $shop } ({ $contact })
shops-and-more = { $shops } { $more }
and-more =
    { $count ->
        [one] and { $count } more
       *[other] and { $count } more
    }

## Joining

join-confirmed = { $shop }: welcome! You have { $held }. Recurring msgs, up to { $per_month }/month. Msg & data rates may apply. Reply BAL for points, HELP for help, STOP to stop.
join-question = { $shop }: reply YES to join and get recurring msgs, up to { $per_month }/month. Msg & data rates may apply. Reply HELP for help, STOP to stop.
join-reminder = Reply YES to join { $shop }, or NO if you'd rather not.
join-already = { $shop }: good to see you again! You have { $held }.
join-declined = No problem, we won't sign you up for { $shop }. If you change your mind, text { $phrase }.
join-declined-short = No problem, we won't sign you up for { $shop }.

join-already-named = { $shop }: good to see you again, { $name }! You have { $held }.
join-offer = Would you like to join { $shop }? Reply YES, or text { $phrase }.
join-which = We'd love to have you!
did-you-mean = Did you mean { $phrase }? Reply Y to join { $shop }.
did-you-mean-several = Which one did you mean? Reply with its number.
did-you-mean-no = No problem. To join, text the words on the sign.
keyword-past = { $past } has ended. Would you like to join { $shop } now? Reply Y, or text { $phrase }.
keyword-past-member = { $past } has ended, but you're already a member of { $shop }. You have { $held }.
keyword-past-none = { $past } has ended. Ask at { $shop } how to join.

## Questions on joining

sign-up-first-name = What's your first name? Reply SKIP to pass.
sign-up-first-name-again = Sorry, just your first name, please, like Ana. Or reply SKIP.
sign-up-birthday = When's your birthday? Just month and day, like { $example }. Reply SKIP to pass.
sign-up-birthday-again = Sorry, we couldn't read that date. Write it like { $example }, or reply SKIP.
sign-up-own = { $prompt } Reply SKIP to pass.
sign-up-yes-no = { $prompt } Reply YES, NO or SKIP.
sign-up-choice = { $prompt } Reply with a number, or SKIP.
sign-up-own-again = Sorry, a few words are enough, like "{ $example }". Or reply SKIP.
sign-up-yes-no-again = Sorry, please reply YES or NO, or SKIP to pass.
sign-up-choice-again = Sorry, please reply with one of these numbers, like 1, or SKIP.
sign-up-own-example = not sure yet
sign-up-thanks = Thanks!
sign-up-thanks-named = Thanks, { $name }!
sign-up-passed = No problem.
sign-up-once-more = Back to our question:
sign-up-done = That's all. Text BAL any time to see your points.

## Balance

balance-one = { $shop }: you have { $held }.
balance-line = { $shop }: { $held }
not-a-member = You're not a member yet.
not-a-member-here = You're not a member yet. Ask at the counter how to join.
offer = Text { $phrase } to join { $shop }.

choice = { $number } { $name }
choice-phrase = { $number } { $phrase } ({ $shop })

## Rewards, cards, levels

month =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
day = { month } { $day }
day-with-year = { month } { $day }, { $year }
gain = +{ $held }
gift = "{ $name }"
points-and-gift = { $points } and "{ $name }"
which-shop = At which shop? Reply with its number.
voucher = { $name }: code { $code }, until { $day }
vouchers = { $shop }: ready for you, just show the code.

near-voucher = "{ $name }" is waiting for you: text REDEEM.
near-enough = That's enough for "{ $name }": text REDEEM.
near-money = That's { $amount } to spend: text REDEEM.
near-missing = { $missing } more for "{ $name }".
near-lapsing = Use { $points } by { $day }.
near-pending = { $points } more from { $day }.

reward = { $number } { $name }: { $cost }
reward-missing = { $number } { $name }: { $cost }, { $missing } more to go
reward-level = { $number } { $name }: { $cost }, for { $level }
reward-sold-out = { $number } { $name }: sold out
reward-again = { $number } { $name }: { $cost }, again from { $day }
reward-had = { $number } { $name }: you've had it
reward-money = { $number } { $name }: { $cost } = { $amount }
rewards-more = and { $count } more
rewards-none = { $shop }: there's nothing to redeem right now.
rewards-how = Text REDEEM and a number.
rewards-how-many = Text REDEEM and how many { $unit_other }, like REDEEM { $example }.

redeemed = { $shop }: { $name } is yours! Code { $code }, until { $day }. Show it at the counter.
redeemed-money = { $shop }: { $amount } is yours! Code { $code }, until { $day }. Show it at the counter.
redeemed-left = You have { $held } left.
redeem-which = { $shop }: which one? Reply with its number.
redeem-or = Or pick another: reply with its number.
redeem-how-many = { $shop }: how many { $unit_other } would you like to spend? { $cost } = { $amount }. You have { $held }.
redeem-too-few = { $shop }: { $name } costs { $cost }. You have { $held }, { $missing } more to go.
redeem-level = { $shop }: { $name } is for { $level } members. Text TIER to see how to get there.
redeem-not-yet = { $shop }: { $name } starts on { $day }.
redeem-over = { $shop }: { $name } has ended. Text REWARDS to see what there is now.
redeem-again = { $shop }: you've had { $name } already. You can have it again from { $day }.
redeem-had = { $shop }: you've had { $name } already. Text REWARDS to see what else there is.
redeem-sold-out = { $shop }: sorry, { $name } is sold out. Text REWARDS to see what else there is.
redeem-unknown = { $shop }: sorry, we don't have that reward. Text REWARDS to see what there is.

card = { $shop }, { $name }: { $stamps }, { $missing } more for "{ $reward }".
card-line = { $name }: { $stamps }, { $missing } more for "{ $reward }"
card-name = your card
cards = { $shop }: your cards.
cards-none = { $shop }: there are no punch cards here.

tier-now = { $shop }: your level is { $level }.
tier-now-until = { $shop }: your level is { $level }, until { $day }.
tier-none-yet = { $shop }: you don't have a level yet.
tier-next = Next is { $level }: { $missing } to go.
tier-next-by = Next is { $level }: { $missing } to go by { $day }.
tier-next-within =
    { $count ->
        [one] Next is { $level }: { $missing } to go within a month.
       *[other] Next is { $level }: { $missing } to go within { $count } months.
    }
tier-spend = { $amount }
tier-visits =
    { $count ->
        [one] { $count } visit
       *[other] { $count } visits
    }
tier-friends =
    { $count ->
        [one] { $count } friend
       *[other] { $count } friends
    }
tier-times = { $times }x { $unit_other }
tier-perks = You get: { $perks }.
perks-joined = { $perks }, { $perk }
tiers-none = { $shop }: there are no levels here.
membership-until = { $name } membership: paid until { $day }.
membership-ends = { $shop }: your { $membership } membership ends on { $day }. Ask at the counter to go on. Reply STOP to stop.
membership-offer =
    { $count ->
        [one] { $name } membership: { $price } for a month. Ask at the counter.
       *[other] { $name } membership: { $price } for { $count } months. Ask at the counter.
    }

refer = { $shop }: bring a friend! They join by texting { $words } to { $number }.
refer-short = { $shop }: bring a friend!
refer-both = After their first purchase you get { $mine } and they get { $theirs }.
refer-me = After their first purchase you get { $mine }.
refer-friend = After their first purchase they get { $theirs }.
refer-link = Link to share: { $link }
refer-none = { $shop }: there's nothing for bringing friends right now.

earned = { $gain }.
earned-now = { $gain }, you have { $held }.
not-now = { $shop }: sorry, that doesn't count right now.
code-taken = { $shop }: code accepted, thanks!
code-used = { $shop }: that code has been used already.
code-over = { $shop }: that code is no longer valid.
code-unknown = { $shop }: sorry, we don't know that code. Please check it and try again.
code-join = That code is for members of { $shop }. Text { $phrase } to join, then send it again.
code-enough = { $shop }: that's all the codes we can take for now. Send it again from { $day }.
code-enough-ever = { $shop }: thanks, but that's all the codes we can take from you.
code-which = { $shop }: text CODE and your code, like CODE { $example }.
codes-none = { $shop }: there are no codes to send in here.
check-in-done = { $shop }: thanks for coming by!
check-in-wrong = { $shop }: that's not today's code. You'll find it at the counter.
check-in-again = { $shop }: you've checked in already. Next time from { $day }.
check-in-enough = { $shop }: you've checked in already.
action-done = { $shop }: thank you!
action-thanks = { $shop }: { $thanks }
action-again = { $shop }: thanks, you've done that already. It counts again from { $day }.
action-once = { $shop }: thanks, you've done that already.

history = { $shop }, your latest:
history-line = { $moved } { $day }: { $why }
history-none = { $shop }: nothing earned or spent yet.
stamps-moved =
    { $count ->
        [one] { $count } stamp
       *[other] { $count } stamps
    }
why-sale = purchase
why-refund = refund
why-joined = welcome
why-code = code
why-check-in = check-in
why-action = thank you
why-given-back = reward given back
why-lapsed = expired
why-birthday = birthday
why-friend = a friend you brought
why-other = adjusted

profile = { $shop } knows of you:
profile-first-name = { $number } Name: { $answer }
profile-birthday = { $number } Birthday: { $answer }
profile-own = { $number } { $prompt } { $answer }
profile-yes = Yes
profile-no = No
profile-change = To change one, text PROFILE and its number.
profile-none = { $shop }: we only know your number, and need nothing else.

help-also = Also: { $commands }
help-joined = { $commands }, { $command }

## Told unasked

told = { $shop }:
told-earned-often = { $gain } from { $count } visits, you have { $held }.
told-enough = you have { $held }, enough for "{ $name }": text REDEEM.
told-birthday = happy birthday!
told-missed = we haven't seen you for a while! You have { $held }.
told-gift = "{ $name }" is yours: show code { $code } by { $day }.
told-level = { $level } is your level now!
told-voucher-lapses = "{ $name }" is only good until { $day }: code { $code }.
told-points-lapse = { $points } to use by { $day }, after that it's too late.
told-stop = Reply STOP to stop.

## Leaving one shop

left = You've left { $shop } and won't get any more texts from them. Text { $phrase } to come back.
left-short = You've left { $shop } and won't get any more texts from them.
leave-question = Leave { $shop }? Reply YES to leave. To leave another shop, text LEAVE and its name.
leave-which = Which shop would you like to leave? Reply with its number.
leave-kept = All right, nothing changes.
leave-not-in = You're not a member of { $shop }, and won't get texts from them. Reply STOP to end all texts.

## Language

language-name = English
language-which = Which language? Reply with its number.
language-set = From now on, we'll write to you in English.
language-offer = Prefer English? Reply ENGLISH.

## Help, stop, start

help-one = { $shop }: text BAL for your points. Questions? { $contact }. Msgs: up to { $per_month }/month. Msg & data rates may apply. Reply STOP to stop.
help-counter = { $shop }: text BAL for your points. Questions? Ask at the counter. Msgs: up to { $per_month }/month. Msg & data rates may apply. Reply STOP to stop.
help-several = { $shops }: text BAL for your points. Msgs: up to { $per_month }/month. Msg & data rates may apply. Reply STOP to stop.
stop-confirmed = { $shops }: you're unsubscribed and won't get any more messages. Reply START to come back.
stop-confirmed-plain = You're unsubscribed and won't get any more messages. Reply START to come back.
stop-question = Want us to stop texting you? Reply STOP and we will, or KEEP to keep our texts coming. If we don't hear back, we won't send you offers.
stop-kept = Thanks, nothing changes. Reply STOP any time to stop.
start-confirmed = { $shops }: messages are on again, up to { $per_month }/month. Msg & data rates may apply. Reply BAL for points, HELP for help, STOP to stop.
start-plain = Our messages are on again.
start-already = { $shops }: messages are on, up to { $per_month }/month. Msg & data rates may apply. Reply BAL for points, HELP for help, STOP to stop.
start-already-plain = Our messages are on.

## Anything else

hint-sorry = Sorry, we didn't get that.
hint-hello = Hello!
hint-commands = Text BAL for your points or HELP for help.
hint-contact = Questions? { $contact }
hint-stop = You're not signed up, so we won't text you. To be sure you never hear from us, reply STOP.

## For staff who text

staff-earned = { $name }: { $gain }. Now { $held }.
staff-nothing = { $name }: entered, but it earns nothing. Now { $held }.
staff-gift = Ready for { $name }: { $reward }, code { $code }.
staff-redeemed = { $code }: { $reward } for { $name }. Done.
staff-used = { $code } was redeemed already, { $when }, by { $who }.
staff-used-today = at { $time }
staff-used-before = { $day } at { $time }
staff-code-over = { $code } is no longer valid.
staff-code-unknown = { $code }: there is no such voucher here.
staff-unknown = Nobody here has the number { $phone }. To invite them, text INVITE { $phone }.
staff-undone-sale = Undone. { $name } now has { $held }.
staff-undone-voucher = Undone. { $name } has { $code } again, for { $reward }.
staff-undone-waiting = Undone. It no longer waits for their YES.
staff-undo-none = Nothing to undo. Only your last entry can be undone, within { $minutes } minutes.
staff-again = { $name } was entered just now. If there was another, text it again in a minute.
staff-enough-hour = That's { $count } entries within an hour, the most by text. You can go on at { $time }.
staff-enough-day = { $name } was entered { $count } times today, the most by text.
staff-which = At which shop? Text it again with the number, like { $example }
staff-how = Staff: text PUNCH phone, SPEND phone amount, REDEEM code, UNDO or INVITE phone.
staff-invited = { $phone } has been invited by text. What you enter for them waits for their YES until { $day }.
staff-waits = { $phone }: entered. It waits for their YES until { $day }.
staff-not-invited = { $phone } can't be invited: they were asked before, want no texts, or can't get ours.
staff-member = { $name } is a member already, with { $held }.

## Invitations, and phones that were changed

invited = { $shop }: reply YES by { $day } and { $held } are yours. You join and get recurring msgs, up to { $per_month }/month. Msg & data rates may apply. Reply HELP for help, STOP to stop.
merged-away = { $shop }: what you had here has moved to your other phone. Text BAL from that one.
