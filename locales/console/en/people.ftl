# People, invitations, one's own page, one-time codes, the operator's merchants, the book of changes.

title-people = People
title-code = One more step
title-codes = One-time codes
title-recovery = Keep these codes
title-invited = Come in
title-new-password = A new password
title-link = The invitation is ready
title-link-password = The link is ready
title-link-over = This link is not good any more

## The list

people-none = Nobody signs in here yet
people-none-do = Invite the owner: they set up the rest.
it-is-you = You
only-pin = No email: signs in with a PIN at the till
has-codes = Codes
never-seen = Never here yet
seen-at = Last here { $when }
last-seen = Last here
here-since = Here since
invited-title = Invited
link-open = Invited
link-open-password = New password
link-ended = Ended
invited-by-until = By { $by }, good until { $until }
withdraw = Take back
done-withdrawn = The link is taken back. It opens nothing any more.
done-person-removed = Removed. Every session of theirs has ended.
done-appointed = Saved. It counts at once.
done-codes-dropped = Their one-time codes are off. They can turn them on again on their own page.

## Inviting

invite-title = Invite somebody
invite-story = You get a link to hand on. It is good for 7 days and works once.
invite-go = Make the link
at-shop = Shop
all-shops = All shops
may-owner = Everything, people and devices too.
may-manager = Members, keywords, program, texts and settings.
may-staff = The till, members and the inbox.
may-viewer = Sees everything but whole phone numbers, changes nothing.
may-operator = Every merchant, and the gateway itself.
link-story = Hand this link to { $name }. Whoever opens it first comes in as { $name }, so send it to nobody else.
link-story-password = Hand this link to { $name }. Whoever opens it chooses the new password, so send it to nobody else.
the-link = Link
copy = Copy
copied = Copied
mail-it = Email it
text-it = Text it
link-once = The link is shown this once. If it gets lost, make a new one.
link-ends = Good until { $until } UTC, once.
link-subject = Your way into Regulars
link-text = Hello { $name }, this link lets you into our loyalty program. It is good for 7 days: { $link }
link-text-password = Hello { $name }, choose your new password here. The link is good for 7 days: { $link }
done = Done
hint-name = A name has 1 to 60 characters on one line.
hint-merchant = A merchant’s name has 1 to 80 characters on one line.
hint-email = That is no email address. One looks like ana@shop.com.
hint-email-taken = Somebody signs in with this email already. Take another one.
hint-email-none = They have no email and sign in with a PIN. Give them a new PIN instead.
hint-password = A password has 12 to 128 characters. A few words in a row are fine.
hint-shop-of-owner = An owner is for all shops. Choose “All shops”, or another role.
hint-choice = Choose one of these.
last-owner = This is the last owner. Make somebody else an owner first.
people-full = There are as many people as there can be. Remove one first.
links-full = As many links are open as there can be. Take one back first.
hint-other = This cannot be saved so. Look at it again.
hint-currency-shared = The shops that share this program have one currency. Give this one a program of its own first.
last-operator = This is the last operator. Invite another one first.

## Coming in by a link

invited-story = { $by } invites you to { $whose } as { $role }.
invited-operator = { $by } invites you to run this gateway.
invited-go = Come in
your-name = Your name
email-to-sign-in = You sign in with it.
choose-password = Choose a password
new-password-story = Choose a new password for { $email }. Every session of yours ends with it.
new-password-go = Save and sign in
link-over-story = It was used already, has ended, or was taken back. Ask whoever sent it for a new one.

## One person

post-title = What they may do
cannot-come-in = If they cannot come in
cannot-come-in-story = A new password by a link. If they lost the phone that makes their one-time codes, turn these off.
new-password-link = Link for a new password
drop-codes = Turn off one-time codes
remove-person = Remove { $name }
remove-person-story = Their sessions end at once, here and at the till. What they did stays in the books under their name. They can be invited again.
remove-person-go = Remove { $name } now

## One’s own page

name-where = Stands in the books beside what you do.
save-name = Save name
save-language = Save language
done-name = Your name is saved.
password-title = Password
present-password = Your present password
new-password = New password
password-ends-others = You stay signed in here; everywhere else you are signed out.
change-password = Change password
done-password = Your password is changed. Everywhere else you are signed out.
hint-present-wrong = That is not your present password.
hint-proof-wrong = That is not your password.
own-pin = Your PIN
own-pin-story = It opens the till for you, at approved devices. Changing it ends your shift at other tills.
own-pin-none = You have no PIN yet. Whoever manages the shop gives you one.
own-pin-change = Change PIN
present-pin = The PIN you have
new-pin = The PIN you want
pin-again = The same once more
done-own-pin = Your PIN is changed. It counts at once.
hint-present-pin-wrong = That is not your PIN.
hint-pin = Take 4 to 6 digits that are not all alike, in a row, or the same pair again.
hint-again = That is not the same PIN. Type the new one twice.
codes = One-time codes
codes-are-on = On
codes-are-off = Off
codes-story = Besides your password, a code from an app on your phone. Whoever learns your password still cannot come in.
codes-turn-on = Turn on
codes-turn-off = Turn off
codes-no-key = The operator must set secrets.key first.
codes-scan = Scan this with an app for one-time codes: your phone’s password app, Google Authenticator, 1Password or another.
codes-picture = QR code with the secret of your one-time codes
codes-type = It cannot be scanned? Type it instead
codes-open-app = Open it in an app on this device
codes-first = The code that the app shows now
codes-now-on = One-time codes are on.
hint-code-wrong = That is not the code. Look again: it changes every 30 seconds, and the clock of the phone must be right.
recovery-story = If you lose your phone, each of these lets you in once. Keep them where you keep important papers. They are shown this once.
recovery-codes = Recovery codes
recovery-kept = I have kept them
recovery-new = New recovery codes
recovery-left =
    { $count ->
        [0] You have no recovery codes left.
        [one] You have 1 recovery code left.
       *[other] You have { $count_written } recovery codes left.
    }
done-codes-off = One-time codes are off.
sessions-title = Where you are signed in
session-this = This one
session-till = At the till
session-times = Since { $since }, last used { $seen }
session-end = Sign out
sessions-end-others = Sign out everywhere else
done-sessions = Signed out there.
browser-on = { $browser } on { $system }
browser-unknown = A browser we do not know

## The code at the door

code = Code
code-story = Type the code that your app shows now.
code-or-recovery = Or one of your recovery codes.
code-wrong = That code is not right, or was used already. Wait for the next one.
code-other = Sign in as somebody else

## Merchants

search = Search
show = Show
merchant-search = A merchant’s name
merchants-none = No merchant is here yet
merchants-none-do = Take in the first one: you get a link for its owner.
merchants-none-found = No merchant is called anything like “{ $search }”.
merchants-all = Show all
merchant-shops =
    { $count ->
        [0] No shop yet
        [one] 1 shop
       *[other] { $count_written } shops
    }
merchant-since = since { $since }
merchant-new = Take in a merchant
merchant-new-story = Its owner gets a link, chooses a password and opens the shops.
merchant-name = Merchant’s name
owner-name = Owner’s name
owner-email = Owner’s email
merchant-new-go = Take in and invite

## The book of changes

audit-story = Who changed what, and when. Nothing here can be changed or deleted. Sales and redemptions are in each member’s entries.
audit-none = Nothing was changed yet.
audit-fields =
    { $count ->
        [one] 1 field
       *[other] { $count_written } fields
    }
before = before:
after = now:
actor-operator = Operator’s key
actor-command-line = Command line
deed-created = added
deed-changed = changed
deed-removed = removed
deed-rotated = gave a new secret to
deed-revoked = revoked
deed-resumed = resumed
deed-given-again = updated
deed-invited = invited
deed-link = made a password link for
deed-withdrawn = took back the link of
deed-accepted = came in:
deed-password = new password:
deed-codes-on = one-time codes on:
deed-codes-off = one-time codes off:
deed-recovery-codes = new recovery codes:
deed-recovery-used = recovery code used:
deed-merged = merged
deed-unmerged = took back the merging of
subject-merchant = merchant
subject-shop = shop
subject-keyword = keyword
subject-sender = sender
subject-account = account
subject-key = key
subject-program = program of
subject-webhook = webhook
subject-till = till
subject-staff-phone = staff phone of
subject-person = person
subject-import = import
subject-member = member
subject-device = device
subject-words = text
field-name = Name
field-email = Email
field-role = Role
field-shop = Shop
field-phrase = Phrase
field-sender = Sender
field-source = Source
field-language = Language
field-starts-at = Understood from
field-ends-at = Understood until
field-time-zone = Time zone
field-currency = Currency
field-opt-in = How one joins
field-welcome-points = Welcome points
field-contact = Contact
field-terms = Terms and privacy
field-messages-per-month = Messages a month
field-date-order = Order of dates
field-program = Program
field-version = Version
field-valid-from = In force from
field-url = Address
field-kinds = Kinds of events
field-description = Description
field-state = State
field-kind = Kind
field-opens-api = Can ask the till
field-phone = Phone
field-merchant = Merchant
field-account = Account
field-service-sid = Messaging service
field-messages-per-second = Texts a second
field-ends-in = Ends in
field-text = Text
audit-about = About
audit-all = All changes
subject-name-shop = Shops
subject-name-keyword = Keywords
subject-name-words = Texts
subject-name-draft = Drafts of programs
subject-name-program = Programs
subject-name-codes = Codes
subject-name-inbox = Inbox
subject-name-import = Imports
subject-name-member = Members
subject-name-export = Exports
subject-name-person = People
subject-name-pin = PINs
subject-name-device = Devices
subject-name-key = Keys
subject-name-webhook = Webhooks
subject-name-till = Tills that report
subject-name-staff-phone = Phones of staff
subject-name-sender = Senders
subject-name-account = Accounts
subject-name-merchant = Merchants
subject-name-session = Who came and went
deed-set = set
deed-approved = approved
deed-opened = a code opened
deed-answered = answered
deed-exported = took a copy of
deed-erased = erased
deed-signed-in = signed in:
deed-signed-out = ended a session of
deed-signed-out-elsewhere = signed out everywhere else:
subject-draft = draft of the program of
subject-codes = codes
subject-inbox = text of
subject-export = members of
subject-pin = PIN of
subject-session = session
field-browser = Browser
field-device = Device
field-done = Done with
field-answered = Answered
field-set = There is one
field-rule = Rule
field-count = How many
field-what = What
field-format = Format
