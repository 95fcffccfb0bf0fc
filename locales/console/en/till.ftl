# The till, its devices, and PINs.

till-who = Phone number, or its last 4 digits
till-find = Find member
till-number-short = Type at least 4 digits of the number.
till-nobody-ends-so = No member’s number ends so. Type the whole number.
till-number-wrong = That is no phone number. Check it, or write it with + and the country code.
till-which = Which of them?
till-more-than-shown = More numbers end in { $typed }: type more digits.
till-nobody = Not a member yet
till-tell-them = Ask first:
till-tell-what = may we text you once? Answer YES, and you are a member of { $shop } and this counts. Without a YES nothing more is sent.
till-invite-and-sale = Invite + sale
till-invite-and-visit = Invite + visit
till-invite-them = Invite
till-cannot-invite = They cannot be invited: they were asked before or want no texts. They can join by the keyword on the sign.
till-amount = Amount
till-amount-wrong = Type what was paid, or choose Visit.
till-add-sale = Add sale
till-add-visit = Visit
till-visit = Visit
till-vouchers = Vouchers
till-rewards = For points
till-redeem = Redeem
till-hand-over = Hand over
till-hand-over-now = Hand over now:
till-how-many-points = How many points
till-until = until { $day }
till-redeem-code = Redeem a voucher
till-code = Code of the voucher
till-look-up = Look up
till-camera = Scan
till-voucher-of = Voucher of { $who }
till-percent-off = { $count }% off
till-percent-off-at-most = { $count }% off, at most { $most }
till-amount-off = { $amount } off
till-stamps =
    { $count ->
        [one] { $count_written } stamp
       *[other] { $count_written } stamps
    }
till-stamps-of = { $stamps } of { $size }
till-recorded = Recorded
till-undone = Undone
till-undone-short = undone
till-undo = Undo
till-undo-too-late = The minute is over. A manager can correct it on the member’s page.
till-cannot-undo = That cannot be undone any more.
till-next = Next
till-has-now = Has now
till-gift = New voucher: { $reward }
till-waits = Waits for their YES
till-waits-until = They were invited by text. It counts once they answer YES, until { $day }.
till-sent-later = sent later
till-last = Last here
till-last-none = What is recorded here is shown for a day.
till-invited-one = Invited
till-kind-sale = Sale
till-kind-redeemed = Voucher
till-kind-bought = Reward
till-kind-invited = Invitation
till-lock = Lock
till-lock-of = Lock the till of
till-to-console = Console
till-queue = Kept on this device
till-pad = Number pad
till-plus = Plus
till-delete = Delete the last digit
till-dismiss = Dismiss
till-why-visit = For the visit
till-why-spend = For what was spent
till-why-item = For what was bought
till-why-card = Card
till-why-multiplier = Multiplied
till-why-bonus = Bonus
till-why-welcome = Welcome
till-why-birthday = Birthday
till-why-referral = For a friend
till-why-code = Code
till-why-check-in = Check-in
till-why-action = Action
till-why-level = For the level

## Refused

till-too-few = { $missing } missing
till-wrong-points = Type how many points.
till-higher-level = from level { $level } on
till-had-all = had as many as one may
till-none-left = none left
till-not-today = not today
till-no-member = Nobody with this number is a member here.
till-no-voucher = There is no voucher with this code. Check it sign by sign.
till-not-theirs = This voucher belongs to another member.
till-voucher-redeemed = This voucher was redeemed already.
till-voucher-cancelled = This voucher was cancelled.
till-voucher-lapsed = This voucher has lapsed.
till-voucher-issued = This voucher can be redeemed.
till-sale-of-another = This sale was recorded for another member.
till-no-sale = That is no amount of a sale.
till-failed = That is our fault, and it is in the log. Nothing was recorded.
till-too-old =
    { $count ->
        [one] It was entered more than a day ago: too long to be counted.
       *[other] It was entered more than { $count } days ago: too long to be counted. A manager can add the points by hand.
    }

## While the line is lost

till-offline = The line is lost.
till-offline-how = Type the whole number and what was paid. It is kept on this device and sent once, in order, when the line is back.
till-offline-no-redeeming = Vouchers and rewards need the line: only the gateway knows whether one was redeemed elsewhere.
till-whole-number = Whole phone number
till-whole-number-wrong = While the line is lost it takes the whole number.
till-js-waiting = { "{count}" } waiting
till-js-waiting-one = 1 waiting
till-js-lost = line lost since { "{time}" }
till-js-back = The line is back.
till-js-sent = { "{count}" } sent
till-js-sent-one = 1 sent
till-js-pin = PIN needed to go on sending
till-js-kept = Kept on this device. It is sent as soon as the line is back.
till-js-needs-line = This needs the line. Try again when it is back.
till-js-waits = waits for their YES
till-js-no-room = This browser keeps nothing, so it was not recorded. Try again when the line is back.
till-js-no-camera = The camera cannot be used. Type the code.

## The door of the till

till-who-are-you = Who are you?
till-pin = PIN
till-open = Open the till
till-pin-wrong = That is not your PIN.
till-no-people = Nobody has a PIN for this shop yet. A manager sets them in the console, under Devices.
till-go-on-as = Go on as { $name }
till-with-password = Sign in with a password
till-not-approved = This browser is no till yet
till-not-approved-how = A manager approves it in the console, under Devices: here at once, or by a code that you type below.
till-device-code = Code from the console
till-make-till = Make this browser a till
till-code-wrong = That code opens nothing. It is good once and for ten minutes: ask for a new one.
till-of-your-shops = Or use it as you are

## Devices and PINs in the console

title-pins = PINs
devices-lead = Staff sign in with a PIN at devices that you approve. Nobody signs in with a PIN anywhere else.
devices-to-pins = PINs
devices-none = No till yet
devices-none-how = Any tablet or phone with a browser can be one.
devices-shop = Shop
devices-seen = Last used
devices-approved = Approved
devices-this = this browser
devices-waits = Waits for its code until { $until }
devices-remove = Remove { $name }
devices-remove-what = Whoever is signed in there is out at once. What waits there to be sent stays there until it is a till again.
devices-approve = Approve a till
devices-name-example = Tablet at the counter
devices-name-why = So that you know it again in this list.
devices-name-wrong = Give it a name of 1 to 60 characters.
devices-no-key = The gateway has no secrets.key yet. Its operator sets one; see the operations handbook.
devices-approve-here = This browser
devices-approve-code = Another device, by a code
devices-code-for = Open a till of { $shop }
devices-code-how = On the device open the link, or scan it. The code is good once, for ten minutes.
devices-code-drawn = The link as a code to scan
devices-here-is = This browser is a till of { $shop }.
devices-open-till = Open the till
pins-lead = Four to six digits, for the till alone. Whoever has no email works with a PIN only.
pins-nobody = Nobody works here yet.
pins-all-shops = All shops
pins-has = has one
pins-set = Set a PIN
pins-of = PIN of { $name }
pins-add = Add somebody for the till
pins-add-who = With a name and a PIN they record sales and redeem vouchers, and see nothing of the console.
pins-rule = 4 to 6 digits, not in a row and not all alike.
pins-wrong = Take 4 to 6 digits that are not all alike, in a row, or the same pair again.
done-device-here = This browser is a till now.
done-device-removed = The till was removed; nobody is signed in there any more.
done-pin = The PIN is set.
done-pin-removed = The PIN was removed; they are signed out at the tills.
done-pin-person = They can sign in at the tills now.
