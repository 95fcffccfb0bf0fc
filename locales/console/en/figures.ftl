# A shop at a glance.

period = Period
period-days = { $count ->
    [365] Year
   *[other] { $count } days
}
figure = Figure
day = Day
as-table = As a table
change-before = on the { $count } days before
figure-members = Members
figure-left-note = { $count ->
    [0] nobody left in this time
    [one] { $count_written } left in this time
   *[other] { $count_written } left in this time
}
figure-joins = Joined
figure-active = Came in the last 30 days
figure-active-note = { $sixty } in 60 days, { $ninety } in 90
figure-repeat = Come again
figure-repeat-note = { $repeaters } of { $visitors } who ever came
figure-visits = Visits
figure-spend = Spent
figure-redeemed = Rewards redeemed
figure-redeemed-note = { $issued } issued: { $rate }
figure-issued = Issued
figure-earned = Earned
figure-spent = Spent
figure-points = Points held
figure-cost-none = nothing to spend them on yet
figure-cost-money = would cost { $amount } at most
figure-cost-rewards = would buy { $number } × { $reward }
figure-texts = Texts sent
figure-texts-note = { $segments } segments, { $delivered } delivered
figure-opt-outs = Opt-outs
source-none = No source
source-invitation = Invitation
source-others = Others
chart-about = { $total } in { $days } days
chart-joins = Joined, by source
chart-visits = Visits
chart-spend = Spent
chart-points = Points earned and spent
chart-rewards = Rewards issued and redeemed
chart-texts = Texts, by what became of them
chart-opt-outs = Opt-outs
chart-retention = Who comes back
chart-retention-about = Of those who joined in a month, so many percent came in that month (0) and in each month after it.
outcome-delivered = Delivered
outcome-sent = Taken by the carrier
outcome-waiting = Waiting
outcome-undelivered = Not delivered
outcome-failed = Failed
outcome-opted_out = Opted out
outcome-withdrawn = Taken back
compared-title = Before and after: version { $version } of the program
compared-about = In force since { $day }. { $days ->
    [one] The day since then, and the day before it.
   *[other] { $days } days on each side of that day.
}
compared-before = Before
compared-after = After
compared-change = Change
compared-visits = Visits
compared-per-member = Visits for each member
compared-spend = Spent
compared-per-visit = Spent on each visit
compared-redeemed = Rewards redeemed
compared-rate = Redeemed of those issued
compared-joins = Joined
figures-empty-title = Nobody has joined yet
figures-empty = Put up the sign with your keyword and text it once yourself. Whoever joins is here within seconds.
figures-empty-sign = Print the sign
figures-empty-program = Look at the program
