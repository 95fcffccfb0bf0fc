# Coming in and going out.

title-sign-in = Sign in
title-set-up = Welcome to Regulars
title-me = You
sign-in = Sign in
sign-out = Sign out
password = Password
password-rule = 12 characters or more. A few words in a row are fine.
sign-in-wrong = That email and password do not belong together.
sign-in-too-often =
    { $count ->
        [one] Too many tries. Wait 1 second, then try again.
       *[other] Too many tries. Wait { $count } seconds, then try again.
    }
sign-in-nobody = Nobody can sign in here yet.
sign-in-set-up = Set up this gateway
set-up-story = You run this gateway. Make yourself its first operator; then invite the merchants.
set-up-key = Operator’s key
set-up-key-where = It is operator.api_key in the settings.
set-up-key-wrong = That is not the operator’s key of this gateway.
set-up-no-key = No operator’s key is set. Set operator.api_key and start the gateway again.
set-up-go = Become the operator
done-language = Your pages are in English now.
