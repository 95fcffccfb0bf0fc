use super::*;

#[test]
fn a_phone_number_is_taken_as_the_provider_writes_it_and_other_addresses_as_they_are() {
    for right in ["+14155550100", "12345", "whatsapp:+14155550100", "BEANTHERE", "rcs:bean_there_agent"] {
        assert_eq!(sender_address(right).unwrap().as_str(), right);
    }
    for wrong in ["(415) 555-0100", "14155550100", "+1 415 555 0100", "+1", "", "415-555-0100"] {
        assert!(sender_address(wrong).is_err(), "{wrong}");
    }
}
