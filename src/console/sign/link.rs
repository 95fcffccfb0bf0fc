//! The ways from a sign to a text: a link, and what a QR code says. Both open the message ready to send.

use crate::domain::{address::Address, phone};

/// A link that opens a phone's messages. iPhones look for the text behind `&`, others behind `?`: of `?&` each takes its own.
/// (RFC 5724, 2.2, of which Apple keeps the half)
pub(in crate::console) fn link(sender: &Address, phrase: &str) -> String {
    let text = percent_encoded(phrase);
    match whatsapp_number(sender) {
        Some(number) => format!("https://wa.me/{number}?text={text}"),
        None => format!("sms:{}?&body={text}", number(sender)),
    }
}

/// What a QR code says. Cameras of iPhones and of Android both know SMSTO; of `sms:` links they disagree about where the text
/// is. The text stands as it is: nothing behind the second colon is a sign of its own.
pub(super) fn scanned(sender: &Address, phrase: &str) -> String {
    match whatsapp_number(sender) {
        Some(_) => link(sender, phrase),
        None => format!("SMSTO:{}:{phrase}", number(sender)),
    }
}

/// The sender's number as people write it.
pub(in crate::console) fn number_written(sender: &Address) -> String {
    phone::as_people_write(number(sender))
}

/// The number without the channel before it.
fn number(sender: &Address) -> &str {
    sender.phone().unwrap_or_else(|| sender.as_str().rsplit(':').next().unwrap_or_default())
}

fn whatsapp_number(sender: &Address) -> Option<&str> {
    sender.channel().filter(|channel| *channel == "whatsapp").and(sender.phone())?.strip_prefix('+')
}

/// As RFC 3986 has it, where a blank is `%20`: mail and messages show a plus as a plus.
fn percent_encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_and_a_code_carry_the_text_whatever_is_in_it() {
        for (sender, phrase, as_link, as_code) in [
            ("+14155550100", "COFFEE PLS", "sms:+14155550100?&body=COFFEE%20PLS", "SMSTO:+14155550100:COFFEE PLS"),
            ("32665", "1+1 & café?", "sms:32665?&body=1%2B1%20%26%20caf%C3%A9%3F", "SMSTO:32665:1+1 & café?"),
            (
                "whatsapp:+14155550100",
                "COFFEE PLS",
                "https://wa.me/14155550100?text=COFFEE%20PLS",
                "https://wa.me/14155550100?text=COFFEE%20PLS",
            ),
        ] {
            let sender = Address::parse(sender).unwrap();
            assert_eq!(link(&sender, phrase), as_link);
            assert_eq!(scanned(&sender, phrase), as_code);
        }
    }
}
