# The inbox.

inbox-tab-open = Open
inbox-tab-all = All
inbox-empty = Nothing to answer
inbox-empty-story = Texts that no rule understands, answers to what you wrote, and photos come in here.
inbox-stranger = Not a member
inbox-kind-text = Question
inbox-kind-answer = Answer
inbox-kind-photo = Photo
inbox-replied-by = Answered by { $who }, { $when }
inbox-done-by = Done by { $who }, { $when }
inbox-mark-done = Mark as done
inbox-open-again = Open again
reply = Write back
reply-text = Your text
reply-how = It goes out as a text message and begins with “{ $before }”.
reply-parts = Goes out in # parts
reply-send = Send
reply-preview = Preview
reply-wrong = Write something, at most { $count_written } characters.
no-reply-opted-out = They opted out of texts from this number, so nothing can be sent to them. Only their own START, or a keyword, undoes it.
no-reply-in-doubt = They seemed to want no more texts, and their last text is more than a day old. Wait until they text again.
no-reply-no-member = They are not a member, and their last text is more than a day old: writing now would not be an answer.
no-reply-quiet = Their last text is more than a day old, and texts may not arrive there at this hour. You can write from { $until } on.
done-replied = Sent. Their answer comes in here.
done-inbox-done = Done.
done-inbox-open = It is open again.
