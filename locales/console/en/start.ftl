# The first five minutes.

start-steps = Steps
start-step-shop = Shop
start-step-keyword = Keyword
start-step-program = Program
start-step-words = Words
start-step-try = Try it
start-step-sign = Sign
start-begin = Begin
start-on = Go on
start-go-on = Go on setting up
start-on-sign = On to the sign
title-start-shop = Open your shop
start-shop-story = Your shop’s name is enough to begin. What else is here is filled in as is usual where your number is from; all of it can be changed later.
start-shop-go = Open the shop
start-no-number = No number yet
start-no-number-story = A shop texts from a number, and none is ready for yours. Ask whoever runs this gateway to add one for you; this page goes on as soon as it is there.
start-no-number-operator = A shop texts from a number, and there is none for this merchant. Add one with POST /v1/senders: shared, or kept for this merchant. Then this page goes on.
title-start-keyword = Choose your keyword
start-keyword-story = People text it to { $number } to join. It works at once.
start-keyword-present = Your signs say
start-keyword-another = Another one
start-keyword-go = Make it live
title-start-program = How do members earn?
start-program-story = Choose what is closest to what you want. Every number in it can be changed afterwards.
start-program-choose = Choose a program
start-program-present = Your program is “{ $program }”. Choosing another takes its place from now on; members keep what they have.
start-program-shared = It is shared with { $shops }; another would be for this shop alone.
start-program-look = Look at it
start-program-go = Take this one
start-program-later = Nothing is sent to anybody by this.
hint-choose-program = Choose one of these programs.
done-program-chosen = Your program is in force.
title-start-words = What members will read
start-words-story = These are the real answers of your shop, word for word, to somebody who joins today.
start-words-change = Your shop’s name, contact and questions are in the settings; the words themselves can be changed, too.
cost-title = What it costs to send
cost-story = Carriers charge by the segment: 160 plain characters, or 70 with special ones. Longer texts take several.
cost-texted = Texted
cost-takes = Answer takes
cost-costs = Costs
cost-joining =
    { $count ->
        [one] One segment for everybody who joins.
       *[other] { $count_written } segments for everybody who joins.
    }
cost-joining-money = That is { $one } each, { $many } for a thousand.
cost-price = Price of a segment
cost-price-wrong = Type a price such as 0.0079.
cost-reckon = Reckon
segments =
    { $count ->
        [one] 1 segment
       *[other] { $count_written } segments
    }
units =
    { $count ->
        [one] 1 character
       *[other] { $count_written } characters
    }
title-start-try = Try it
start-try-story = Text { $phrase } as a member would. This phone answers as your shop does; nothing is sent or kept.
try-phone = A phone to try it on
try-empty = Press your keyword, or type it.
try-say = Text message
try-send = Send
try-again = Start over
try-full = That was a long talk.
try-own = On your own phone
try-own-story = Text { $phrase } to { $number }, or point your camera at the code. This one is real: you become a member.
try-carrier = The built-in carrier carries these texts.
try-carrier-open = Open its phones
title-start-sign = Print your sign
start-sign-story = Hang it where people wait. The small print below is what the law and the carriers want on it.
start-done = That’s it
start-done-story = Your keyword is live. Whoever texts it is a member, and your counter can begin.
start-done-shop = To the shop

## Programs to begin with

preset-buy-9-get-10th = Punch card
preset-buy-9-get-10th-story = Every coffee is a stamp. Nine stamps, and the tenth coffee is on the house.
preset-buy-4-get-5th = Short punch card
preset-buy-4-get-5th-story = Every visit of [10] and more is a stamp. Four stamps, and the fifth wash is free.
preset-dollar-points = Points for purchases
preset-dollar-points-story = One point for every [1] spent. A hundred points are [5] off.
preset-visit-points = Points for visits
preset-visit-points-story = Every visit is one point. Ten points are a coffee on the house.
preset-coffee-club = A bit of everything
preset-coffee-club-story = A point for every [1] spent, and the tenth coffee is on the house. Friends who come along are worth 20 points to one and 10 to the other.
preset-birthday-and-referral = Birthdays and friends
preset-birthday-and-referral-story = A cake on the birthday, and 50 points for both when a friend has bought something. New members are asked for their birthday.
preset-double-over-150 = Double points for large baskets
preset-double-over-150-story = One point for every [1], and two on every purchase of [150] and more. 500 points are [25] off.
preset-vip-500 = VIPs
preset-vip-500-story = One point for every [1] spent. Who spends [500] in a year is a VIP, with double points and invitations.
preset-stars-gold = Stars and Gold
preset-stars-gold-story = A star for every visit and every pack code, two when paid with your card. Thirty stars in twelve months are Gold, and twelve stars are a drink.
preset-spend-tiers = Three levels
preset-spend-tiers-story = Everybody is a Fan from the first day, a Star at [150] a year, a Legend at [500]. Each level brings more: samples, sessions, shipping.
preset-paid-membership = Paid membership
preset-paid-membership-story = Membership costs [99] a year. Members earn double points, ship for free and get a coffee every month.
preset-bazaar = Bazaar
preset-bazaar-story = One point for every [1], spent on things that are not for sale. Two levels, at [350] and [1000] a year, open more of them.
preset-pledge-and-trade-in = Pledge and trade in
preset-pledge-and-trade-in-story = Members pledge to buy less and repair more by texting PLEDGE. Every worn piece brought back is 20 points, and 100 points are [20] off.
preset-fare-class = Fares by class
preset-fare-class-story = Six points for every [1] of a Saver fare, ten for Flex, twelve for Business. 6000 points are [100] off the next trip.
