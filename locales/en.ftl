# What the gateway says in English. Keep to the GSM-7 alphabet: one character outside it halves what fits in a segment.

## Words people text, separated by commas

words-balance = bal, balance, points, my points, my balance, check balance, check my balance, check points, check my points, how many points, how many points do i have, what's my balance, what are my points, what is my balance, whats my points, what's my points, how many points i have, how many points have i got, how many points do i have left, how many pts, how many pts do i have, how much points do i have, show my points, show points, see my points, view my points, points balance, point balance, my pts, rewards, my rewards, reward points, rewards balance, loyalty points, my account, how many points i got, my bal, ballance
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

## Parts

points =
    { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
shops-joined = { $shops }, { $shop }
shop-with-contact = { $shop } ({ $contact })
shops-and-more = { $shops } { $more }
and-more =
    { $count ->
        [one] and { $count } more
       *[other] and { $count } more
    }

## Joining

join-confirmed = { $shop }: welcome! You have { points }. Recurring msgs, up to { $per_month }/month. Msg & data rates may apply. Reply BAL for points, HELP for help, STOP to stop.
join-question = { $shop }: reply YES to join and get recurring msgs, up to { $per_month }/month. Msg & data rates may apply. Reply HELP for help, STOP to stop.
join-reminder = Reply YES to join { $shop }, or NO if you'd rather not.
join-already = { $shop }: good to see you again! You have { points }.
join-declined = No problem, we won't sign you up for { $shop }. If you change your mind, text { $phrase }.
join-declined-short = No problem, we won't sign you up for { $shop }.

join-already-named = { $shop }: good to see you again, { $name }! You have { points }.
join-offer = Would you like to join { $shop }? Reply YES, or text { $phrase }.
join-which = We'd love to have you!
did-you-mean = Did you mean { $phrase }? Reply Y to join { $shop }.
did-you-mean-several = Which one did you mean? Reply with its number.
did-you-mean-no = No problem. To join, text the words on the sign.
keyword-past = { $past } has ended. Would you like to join { $shop } now? Reply Y, or text { $phrase }.
keyword-past-member = { $past } has ended, but you're already a member of { $shop }. You have { points }.
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

balance-one = { $shop }: you have { points }.
balance-line = { $shop }: { points }
not-a-member = You're not a member yet.
not-a-member-here = You're not a member yet. Ask at the counter how to join.
offer = Text { $phrase } to join { $shop }.

choice = { $number } { $name }
choice-phrase = { $number } { $phrase } ({ $shop })

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
