# Keywords, their codes and their signs.

keywords-story = What people text to join. Put each on a sign, and see which sign brings whom.
keywords-none = No keyword yet
keywords-none-story = Choose what people text to join. It works at once.
keywords-joins-note = Joins are counted by where a sign hangs: give each sign a place of its own to tell them apart.
keywords-newest = Newest
keyword-add = Add a keyword
keyword-change = Change
keyword-phrase = Keyword
keyword-phrase-note = One or two short words are remembered best. Capitals, accents and signs do not matter.
keyword-example = COFFEE PLS
keyword-source = Where it hangs
keyword-source-note = The door, a table, a campaign: joins are counted by it.
keyword-starts = First day
keyword-starts-note = Left empty: from now on.
keyword-ends = Last day
keyword-ends-note = Left empty: until you take it down.
keyword-language = Language of the sign
keyword-language-shop = The shop’s
keyword-language-note = Whoever texts it is answered in this language.
keyword-state = State
keyword-joins = Joins
keyword-last = Last join
keyword-sign = Sign
keyword-live = Live
keyword-live-until = Live until { $day }
keyword-coming = From { $day }
keyword-ended = Ended { $day }
keyword-free = It’s free.
keyword-free-but = It’s free, but think again:
keyword-rather = These are free:
keyword-take-down = Take it down
keyword-end-story = Ended, it is understood no more. Whoever still texts it is told what to text instead.
keyword-end = End it now
keyword-delete-story = Deleted, it is gone, and another shop may take it. Whoever joined by it stays a member.
keyword-delete = Delete it
keyword-delete-ask = Delete this keyword?
title-keyword-new = Add a keyword
done-keyword-added = Your keyword is live.
done-keyword-changed = The keyword is changed.
done-keyword-ended = The keyword has ended.
done-keyword-deleted = The keyword is deleted.
source-door = Door
source-table = Table
source-receipt = Receipt
source-window = Window
source-instagram = Instagram

objection-empty = Type at least one letter, digit or emoji.
objection-words =
    { $count ->
        [one] One word is too many: five are the most.
       *[other] { $count_written } words are too many: five are the most.
    }
objection-too-long = Sixty characters are the most: make it shorter.
objection-control = It must be one line without hidden characters: type it anew.
objection-word = “{ $word }” already means something to phones everywhere. Add a word to it.
objection-taken = “{ $other }” is taken on this number. Choose another, or other days.
objection-near = “{ $other }” is taken on this number, and one slip of the thumb away. Members would end up there.
objection-reserved = It is too close to a word that already means something, like STOP, HELP or BAL.
objection-mixed-script = It mixes letters of two alphabets, which no keyboard types.
objection-opt-out = People text this when they want no more texts.
objection-courtesy = People text this to be polite. Add a word to it.
objection-number = It is only a number, and numbers choose from lists. Add a word to it.
objection-too-short = One letter is texted by pockets, too. Use a word.
objection-like-reserved = It is one letter from a word that already means something, like STOP or HELP.
objection-looks-alike = Some letters only look like Latin ones: whoever reads the sign may type others.
objection-contains-opt-out = One of its words alone opts out: whoever forgets the rest gets no more texts.
objection-autocorrected = Phones may correct it to another word while one types. Try it on yours.
objection-long = It is long to type at a counter.

## Codes and signs

code-title = QR code
code-alt = QR code that opens a text to { $number } saying { $phrase }
qr-story = It opens a text to { $number } saying { $phrase }, ready to send, on iPhone and Android.
code-open = Open it on this phone
sign-print = Print a sign
sign-letters = A PDF has only the letters of Western Europe. Print this one from the page instead: your browser has all letters.
sign-kind = What for
sign-kind-door = Door
sign-kind-story-door = A whole sheet
sign-kind-tent = Table
sign-kind-story-tent = Fold it in the middle, and it stands
sign-kind-strip = Receipt
sign-kind-story-strip = A strip of 80 mm
sign-paper = Paper
sign-paper-a4 = A4
sign-paper-letter = Letter
sign-line = What one gets
sign-line-note = One sentence, in the language of your members.
sign-terms = Address of your terms and privacy policy
sign-terms-note = In the United States carriers ask for it on signs.
sign-pdf = Get the PDF
sign-page = Print the page
sign-preview = How it looks
sign-preview-again = Preview
title-sign = Sign
sign-print-now = Print
sign-page-story = Print it without margins, at 100%.
hint-line = At most { $count_written } characters, without hidden ones.
hint-day = This is no day. Choose one, such as 2026-12-31.
hint-ends-before = The last day is before the first.
