//! Where the area codes of the North American plan are: state or province, and time zone; of a code that is in two zones, both.
//! (NANPA, area codes in service; the borders of the zones are in 49 CFR 71)

/// The region of a number (E.164) and its time zones, with blanks between; `None` where its code is no place's.
pub(super) fn find(phone: &str) -> Option<(&'static str, &'static str)> {
    let code = phone.strip_prefix("+1")?.get(..3)?;
    let (region, zones, _) = AREAS.iter().find(|(_, _, codes)| codes.split(' ').any(|known| known == code))?;
    Some((region, zones))
}

const EASTERN: &str = "America/New_York";
const CENTRAL: &str = "America/Chicago";
const MOUNTAIN: &str = "America/Denver";
const PACIFIC: &str = "America/Los_Angeles";
const EASTERN_CENTRAL: &str = "America/New_York America/Chicago";
const CENTRAL_MOUNTAIN: &str = "America/Chicago America/Denver";
const MOUNTAIN_PACIFIC: &str = "America/Denver America/Los_Angeles";

/// (region, zones, area codes)
const AREAS: &[(&str, &str, &str)] = &[
    ("US-AL", CENTRAL, "205 251 256 334 659 938"),
    ("US-AK", "America/Anchorage", "907"),
    ("US-AZ", "America/Phoenix", "480 520 602 623"),
    ("US-AZ", "America/Phoenix America/Denver", "928"),
    ("US-AR", CENTRAL, "327 479 501 870"),
    (
        "US-CA",
        PACIFIC,
        "209 213 279 310 323 341 350 357 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 \
         747 760 805 818 820 831 837 840 858 909 916 925 949 951",
    ),
    ("US-CO", MOUNTAIN, "303 719 720 748 970 983"),
    ("US-CT", EASTERN, "203 475 860 959"),
    ("US-DC", EASTERN, "202 771"),
    ("US-DE", EASTERN, "302"),
    ("US-FL", EASTERN, "239 305 321 324 352 386 407 561 645 656 689 727 728 754 772 786 813 863 904 941 954"),
    ("US-FL", EASTERN_CENTRAL, "448 850"),
    ("US-GA", EASTERN, "229 404 470 478 678 706 762 770 912 943"),
    ("US-HI", "Pacific/Honolulu", "808"),
    ("US-IA", CENTRAL, "319 515 563 641 712"),
    ("US-ID", MOUNTAIN_PACIFIC, "208 986"),
    ("US-IL", CENTRAL, "217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872"),
    ("US-IN", EASTERN, "260 317 463 765"),
    ("US-IN", EASTERN_CENTRAL, "219 574 812 930"),
    ("US-KS", CENTRAL, "316 913"),
    ("US-KS", CENTRAL_MOUNTAIN, "620 785"),
    ("US-KY", EASTERN, "502 859"),
    ("US-KY", EASTERN_CENTRAL, "270 364 606"),
    ("US-LA", CENTRAL, "225 318 337 457 504 985"),
    ("US-MA", EASTERN, "339 351 413 508 617 774 781 857 978"),
    ("US-MD", EASTERN, "227 240 301 410 443 667"),
    ("US-ME", EASTERN, "207"),
    ("US-MI", EASTERN, "231 248 269 313 517 586 616 679 734 810 947 989"),
    ("US-MI", EASTERN_CENTRAL, "906"),
    ("US-MN", CENTRAL, "218 320 507 612 651 763 924 952"),
    ("US-MO", CENTRAL, "235 314 417 557 573 636 660 816 975"),
    ("US-MS", CENTRAL, "228 471 601 662 769"),
    ("US-MT", MOUNTAIN, "406"),
    ("US-NC", EASTERN, "252 336 472 704 743 828 910 919 980 984"),
    ("US-ND", CENTRAL_MOUNTAIN, "701"),
    ("US-NE", CENTRAL, "402 531"),
    ("US-NE", CENTRAL_MOUNTAIN, "308"),
    ("US-NH", EASTERN, "603"),
    ("US-NJ", EASTERN, "201 551 609 640 732 848 856 862 908 973"),
    ("US-NM", MOUNTAIN, "505 575"),
    ("US-NV", PACIFIC, "702 725"),
    ("US-NV", MOUNTAIN_PACIFIC, "775"),
    ("US-NY", EASTERN, "212 315 329 332 347 363 465 516 518 585 607 624 631 646 680 716 718 838 845 914 917 929 934"),
    ("US-OH", EASTERN, "216 220 234 283 326 330 380 419 436 440 513 567 614 740 937"),
    ("US-OK", CENTRAL, "405 539 572 580 918"),
    ("US-OR", PACIFIC, "503 971"),
    ("US-OR", MOUNTAIN_PACIFIC, "458 541"),
    ("US-PA", EASTERN, "215 223 267 272 412 445 484 570 582 610 717 724 814 835 878"),
    ("US-RI", EASTERN, "401"),
    ("US-SC", EASTERN, "803 821 839 843 854 864"),
    ("US-SD", CENTRAL_MOUNTAIN, "605"),
    ("US-TN", CENTRAL, "615 629 731 901"),
    ("US-TN", EASTERN, "865"),
    ("US-TN", EASTERN_CENTRAL, "423 931"),
    (
        "US-TX",
        CENTRAL,
        "210 214 254 281 325 346 361 409 430 469 512 621 682 713 726 737 806 817 830 832 903 936 940 945 956 972 979",
    ),
    ("US-TX", CENTRAL_MOUNTAIN, "432 915"),
    ("US-UT", MOUNTAIN, "385 435 801"),
    ("US-VA", EASTERN, "276 434 540 571 686 703 757 804 826 948"),
    ("US-VT", EASTERN, "802"),
    ("US-WA", PACIFIC, "206 253 360 425 509 564"),
    ("US-WI", CENTRAL, "262 274 353 414 534 608 715 920"),
    ("US-WV", EASTERN, "304 681"),
    ("US-WY", MOUNTAIN, "307"),
    ("US-AS", "Pacific/Pago_Pago", "684"),
    ("US-GU", "Pacific/Guam", "671"),
    ("US-MP", "Pacific/Saipan", "670"),
    ("US-PR", "America/Puerto_Rico", "787 939"),
    ("US-VI", "America/St_Thomas", "340"),
    ("CA-AB", "America/Edmonton", "368 403 587 780 825"),
    ("CA-BC", "America/Vancouver America/Edmonton", "236 250 257 672 778"),
    ("CA-BC", "America/Vancouver", "604"),
    ("CA-MB", "America/Winnipeg", "204 431 584"),
    ("CA-NB", "America/Moncton", "428 506"),
    ("CA-NL", "America/St_Johns America/Halifax", "709 879"),
    ("CA-NS", "America/Halifax", "782 902"),
    ("CA-ON", "America/Toronto", "226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 905 942"),
    ("CA-ON", "America/Toronto America/Winnipeg", "807"),
    ("CA-QC", "America/Toronto", "263 273 354 367 418 438 450 468 514 579 581 819 873"),
    ("CA-SK", "America/Regina", "306 474 639"),
    ("CA-YT", "America/Whitehorse America/Edmonton America/Winnipeg America/Toronto", "867"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::country::Country;

    #[test]
    fn every_code_stands_once_and_every_zone_is_one() {
        let mut seen = BTreeSet::new();
        for (region, zones, codes) in AREAS {
            assert!(zones.split(' ').all(|zone| zone.parse::<chrono_tz::Tz>().is_ok()), "{region}: {zones}");
            for code in codes.split(' ') {
                assert!(code.len() == 3 && seen.insert(code), "{region}: {code}");
            }
        }
    }

    /// Checked against the numbers that are in use, as the library of phone numbers knows them.
    #[test]
    fn no_area_code_of_the_united_states_and_canada_is_missing() {
        let mut missing = Vec::new();
        for code in 200..1000 {
            let phone = format!("+1{code}2345678");
            let number = rlibphonenumber::PHONE_NUMBER_UTIL.parse(&phone, None).unwrap();
            let region = rlibphonenumber::PHONE_NUMBER_UTIL.get_region_for_number(&number);
            let country = region.and_then(|_| Country::of_phone(&phone)).map(|country| country.to_string());
            // Not of any place: toll-free, personal, for machines, for all of Canada.
            let is_no_place =
                matches!(code % 100, 0 | 11 | 22 | 33 | 44 | 55 | 66 | 77 | 88 | 99) || code / 10 == 52 || code == 532;
            let is_ours = country.as_deref().is_some_and(|country| ["US", "CA"].contains(&country));
            if is_ours && !is_no_place && find(&phone).is_none() {
                missing.push(code);
            }
        }
        assert!(missing.is_empty(), "{missing:?}");
    }
}
