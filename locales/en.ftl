# What the gateway says in English. Keep to the GSM-7 alphabet: one character outside it halves what fits in a segment.

## Words people text, separated by commas

words-balance = bal, balance, points, my points, my balance
words-yes = yes, y, yep, yeah, ok, okay, sure, yes please
words-no = no, n, nope, no thanks, no thank you

## Parts

points =
    { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
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

## Balance

balance-one = { $shop }: you have { points }.
balance-line = { $shop }: { points }
not-a-member = You're not a member yet.
not-a-member-here = You're not a member yet. Ask at the counter how to join.
offer = Text { $phrase } to join { $shop }.

## Help, stop, start

help-one = { $shop }: text BAL for your points. Questions? { $contact }. Up to { $per_month } msgs/month. Msg & data rates may apply. Reply STOP to stop.
help-counter = { $shop }: text BAL for your points. Questions? Ask at the counter. Up to { $per_month } msgs/month. Msg & data rates may apply. Reply STOP to stop.
help-several = { $shops }: text BAL for your points. Up to { $per_month } msgs/month. Msg & data rates may apply. Reply STOP to stop.
stop-confirmed = { $shops }: you're unsubscribed and will get no more messages. Reply START to come back.
stop-confirmed-plain = You're unsubscribed and will get no more messages. Reply START to come back.
start-confirmed = { $shops }: messages are on again, up to { $per_month }/month. Msg & data rates may apply. Reply BAL for points, HELP for help, STOP to stop.
start-plain = Messages are on again.
start-already = { $shops }: messages are on, up to { $per_month }/month. Msg & data rates may apply. Reply BAL for points, HELP for help, STOP to stop.
start-already-plain = Messages are on.

## Anything else

hint-member = Sorry, we didn't get that. Text BAL for your points or HELP for help.
hint-stranger = Sorry, we didn't get that.
