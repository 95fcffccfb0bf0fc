# What stands on printed signs, in English.
sign-before = Text
sign-after = to { $number }
sign-scan = or point your camera here
sign-card = Collect { $stamps } stamps: { $reward }.
sign-reward = { $reward } for { $points }.
sign-welcome = Join and begin with { $points }.
sign-small = By texting { $phrase } you agree to receive recurring automated messages about rewards from { $shop } at the number you text from, up to { $count } a month. Consent is not a condition of purchase. Message and data rates may apply. Reply HELP for help, STOP to cancel.
sign-contact = Questions: { $contact }
sign-terms = Terms and privacy: { $terms }
